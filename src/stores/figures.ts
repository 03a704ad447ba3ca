/** Sums over the ledger, for the metrics. */
import type { ArticleState } from '#src/core/article.ts';

export interface FigureStore {
  articles(): Promise<{ states: { state: ArticleState; count: number }[]; unready: number }>;
  /** How many articles each source was the first to have. */
  sources(): Promise<{ sourceId: string; articles: number }[]>;
  /** `waiting`: those of articles whose photos are not done. */
  photos(): Promise<{ rendered: number; failed: number; waiting: number }>;
  /** Per channel, since when the delivery that is due longest could have gone. Milliseconds. */
  overdue(now: number): Promise<{ channelId: string; since: number }[]>;
}
