/** The article as an editor would describe it; the words are those of the glossary in `docs/architecture.md`. */

export interface Photo {
  /** Absolute address of the original, exactly as it stands in `html`; null in a text pasted without pictures. */
  url: string | null;
  caption: string | null;
  credit: string | null;
  alt: string | null;
  width: number | null;
  height: number | null;
}

export interface Attachment {
  url: string;
  title: string | null;
  /** MIME type, when known. */
  type: string | null;
  bytes: number | null;
}

/** What stands at the opening, and the day it means. */
export interface Dateline {
  text: string;
  /** `2026-11-29`, when a day is named. */
  date: string | null;
}

/** One revision's content, as read. Dates are ISO 8601 instants in UTC. */
export interface Article {
  url: string | null;
  headline: string;
  lead: string;
  /** People and agencies in reading order, capitals in title case. */
  byline: string[];
  /** The byline as printed. */
  bylinePrinted: string | null;
  dateline: Dateline | null;
  /** BCP 47. */
  language: string;
  section: string | null;
  tags: string[];
  publishedAt: string | null;
  updatedAt: string | null;
  photos: Photo[];
  attachments: Attachment[];
  /** Sanitised body with absolute addresses; photos stand as `figure > img + figcaption` at their place. */
  html: string;
  /** The body's plain text: paragraphs split by a blank line; no captions, byline or boilerplate. */
  text: string;
  /** Boilerplate that was cut, as it read. */
  removed: string[];
  /** What was guessed, one plain sentence each. */
  doubts: string[];
}

/** `held`: a person stopped it. `withdrawn`: taken back by the newsroom or a person. */
export type ArticleState = 'live' | 'held' | 'withdrawn';

/** How a source knows an article; any match joins. */
export interface ArticleKeys {
  sourceId: string;
  /** The source's own id: guid, CMS id, file name. */
  externalId: string;
  /** Normalised address; null without one. */
  canonicalUrl: string | null;
  /** Further ones that lead to it. */
  addresses?: readonly string[];
}

/** A person's withdrawal stands; the newsroom's ends when its page is there again. */
export type WithdrawnBy = 'newsroom' | 'person';

export interface StoredArticle extends Article {
  /** Minted once, 10 characters of `[0-9a-z]`. */
  id: string;
  /** The entry's id in every feed, minted once: `tag:DOMAIN,YYYY-MM-DD:ID`. */
  entryId: string;
  /** From 1. */
  revision: number;
  state: ArticleState;
  sourceId: string;
  /** ISO 8601. */
  firstSeenAt: string;
  /** When this revision was written. */
  revisedAt: string;
  /** Stood there at the source's first poll: in the feeds, never posted. */
  baseline: boolean;
  /** The newest revision whose photos are done and which feeds and posts may show; 0 for none yet. */
  readyRevision: number;
}

/** What happened to an article, for its trace. */
export interface ArticleEvent {
  at: number;
  kind: 'first seen' | 'joined' | 'revised' | 'returned' | 'ready' | 'held' | 'released' | 'withdrawn';
  revision: number;
  detail: string | null;
}
