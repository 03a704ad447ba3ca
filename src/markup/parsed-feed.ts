/** A feed as read, whichever format it came in. Texts are plain unless they say HTML; dates are as printed. */
export interface ParsedFeed {
  title: string | null;
  /** BCP 47. */
  language: string | null;
  /** In the feed's order. */
  entries: ParsedEntry[];
  /** Ids of entries the feed says are deleted (RFC 6721). */
  deleted: string[];
  /** It was not well-formed and had to be mended. */
  mended: boolean;
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
