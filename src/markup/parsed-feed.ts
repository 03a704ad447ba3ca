/** A feed as read, whichever format it came in. Texts are plain unless they say HTML; dates are as printed. */
export interface ParsedFeed {
  title: string | null;
  /** BCP 47. */
  language: string | null;
  /** In the feed's order. */
  entries: ParsedEntry[];
  /** Ids of entries the feed says are deleted (RFC 6721). */
  deleted: string[];
  /** Who tells of its changes (WebSub), in the document's order. */
  hubs: string[];
  /** The address it gives itself. */
  self: string | null;
  pace: FeedPace;
  /** `mended`: not well-formed, but whole once mended; `salvaged`: only the plainest parts of its entries were found. */
  form: 'sound' | 'mended' | 'salvaged';
  /** Entries left out because of a text nobody can have written. */
  tooLong: number;
}

/** How often the feed says it is worth a look. */
export interface FeedPace {
  /** Milliseconds: the longer of `ttl` and the syndication module's period; null where it says nothing. */
  atLeast: number | null;
  /** Hours and days (0 is Sunday) in GMT in which nothing appears. */
  skipHours: number[];
  skipDays: number[];
}

export interface ParsedEntry {
  id: string | null;
  url: string | null;
  title: string | null;
  summaryHtml: string | null;
  contentHtml: string | null;
  authors: string[];
  categories: string[];
  publishedAt: string | null;
  updatedAt: string | null;
  photos: ParsedPhoto[];
  attachments: { url: string; title?: string; type?: string; bytes?: number }[];
}

export interface ParsedPhoto {
  url: string;
  caption?: string;
  credit?: string;
  width?: number;
  height?: number;
}
