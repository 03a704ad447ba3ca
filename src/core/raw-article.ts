/** What was read of one reference: as it came, before any understanding. */
export type RawArticle =
  /** `partial`: its page could not be read, and this is what the list holds of it. */
  | { kind: 'page'; url: string | null; html: string; hints: Hints; partial?: boolean }
  | { kind: 'text'; text: string; hints: Hints }
  /** 410 or unpublished: `certain`; 404: not yet. */
  | { kind: 'gone'; certain: boolean; reason: string };

/** What the source itself says; whatever is missing is found in the page. */
export interface Hints {
  headline?: string;
  lead?: string;
  byline?: string[];
  language?: string;
  section?: string;
  tags?: string[];
  /** ISO 8601, or as printed: read in the newsroom's zone. */
  publishedAt?: string;
  updatedAt?: string;
  url?: string;
  /** The body as HTML where the source carries full text: the page need not be searched for it. */
  bodyHtml?: string;
  photos?: { url: string; caption?: string; credit?: string; alt?: string; width?: number; height?: number }[];
  attachments?: { url: string; title?: string; type?: string; bytes?: number }[];
  /** What the source itself is unsure of, one plain sentence each. */
  doubts?: string[];
}
