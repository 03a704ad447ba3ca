/** Summaries that were not made of the article's own sentences: asked for once, then the same for preview and post. */
export interface SummaryStore {
  /** Null: none was asked for. `text` null: what came was of no use, `why` says so. */
  get(articleId: string, revision: number): Promise<StoredSummary | null>;
  /** Keeps an earlier one, and gives what stands. */
  keep(articleId: string, revision: number, summary: StoredSummary, now: number): Promise<StoredSummary>;
}

export interface StoredSummary {
  text: string | null;
  /** Why our own is used instead; null where there is a text. */
  why: string | null;
}
