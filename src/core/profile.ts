/** What is peculiar to a portal or a language: data, read from `config/profiles`. */

/** What a profile says of pages; a language's phrases and a publishing system's markup say the same in part. */
export interface ProfileRules {
  /** CSS selectors; the first that matches wins. Empty: found by markup and likeness. */
  selectors: {
    headline: string[];
    lead: string[];
    body: string[];
    byline: string[];
    date: string[];
    section: string[];
    /** The line a page prints under a photo, where nothing in its markup says so. */
    caption: string[];
    /** Dropped from the page before anything is read. */
    drop: string[];
  };
  /**
   * Phrases that open a block of boilerplate: it and what follows it are cut. `…` stands for a few words; with `$` at
   * its end a phrase is the whole line.
   */
  boilerplate: string[];
  byline: {
    /** `Bài và ảnh:`, `By` … the text after is a list of people. */
    prefixes: string[];
    /** The part after these also credits the photos. */
    photoPrefixes: string[];
    /** What stands between names. */
    separators: string[];
    /** Kept as they stand: `TTXVN`, `PV`. */
    acronyms: string[];
    /** Whether names at the end of a body are a byline without any prefix. */
    bareNames: boolean;
  };
  dateline: {
    /** Words for a time of day before a date: `Sáng`, `Chiều` … */
    times: string[];
    /** Agency and place tags cut from the lead's start: `LSO`, `TTXVN` … */
    tags: string[];
  };
  credit: {
    /** `Ảnh`, `Nguồn`, `Photo` … */
    prefixes: string[];
  };
  /** Whether a pasted text has captions as lines of their own between the paragraphs. */
  captionLines: boolean;
  /** Words a caption begins with: they tell a caption from a headline or a heading. */
  captionOpeners: string[];
}

/** Some of a profile's rules. */
export type SomeRules = { [K in keyof ProfileRules]?: Some<ProfileRules[K]> };
type Some<T> = T extends readonly unknown[] | boolean ? T : Partial<T>;

export interface Profile extends ProfileRules {
  name: string;
  /** One this one builds upon; lists are joined, single values replaced. */
  extends: string | null;
  /** Phrases of the languages it does not hold already, by language: an article's own come in when it is read. */
  languages: Readonly<Record<string, SomeRules>>;
  /** By what a page's `generator` begins with; only in a profile that was chosen by `auto`. */
  generators: Readonly<Record<string, SomeRules>>;
  /** Whether an operator wrote its body selectors: then a page that has none of them has changed. */
  expectsBody: boolean;
}
