/** What a poll of a source finds. */

/** A sign that an article is new or changed; small enough to be stored until it is read. */
export interface ArticleRef {
  /** The source's own id of the article, constant over its edits. */
  externalId: string;
  url: string | null;
  /** For people: the headline or file name, as far as known. */
  title: string | null;
  /** Of all that the signal says of the content: the same stamp means nothing to read. */
  stamp: string;
  /** When this was so, where the source says it: what was pushed late never replaces what is newer. Milliseconds. */
  asOf?: number;
  /** `gone`: the source no longer lists it, or says it is deleted: look whether it was withdrawn. */
  sign: 'changed' | 'gone';
  /** What the kind needs to read it; JSON. */
  payload: unknown;
}

/** What a source remembers between polls; JSON, its form is the kind's own. Null before the first poll. */
export type Cursor = Readonly<Record<string, unknown>> | null;
