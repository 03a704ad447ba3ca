import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { Stop } from '#src/core/stop.ts';

export interface SourceDecision {
  sourceId: string;
  /** New ids joined to the stories they mean. */
  renamed: number;
  /** Really new articles it was about. */
  fresh: number;
  /** Of them, those whose posts go out now, and those that are not posted. */
  posts: number;
  skipped: number;
}

/** What a person may decide of all that is held of one source. Each throws `UserError` when nothing is. */
export interface SourceDecisions {
  /** The new ids are those of known stories. */
  fold(sourceId: string): Promise<SourceDecision>;
  /** None of the burst is posted. */
  seen(sourceId: string): Promise<SourceDecision>;
  /** Only the newest `count` are. */
  newest(sourceId: string, count: number): Promise<SourceDecision>;
  /** All are, at the pace of each channel. */
  drip(sourceId: string): Promise<SourceDecision>;
}

/** What a person may decide of an article or a delivery. */
export interface Decisions {
  source: SourceDecisions;
  /** Each throws `UserError` when the article or delivery is not there or stands otherwise. */
  hold(articleId: string): Promise<StoredArticle>;
  release(articleId: string): Promise<StoredArticle>;
  withdraw(articleId: string, reason: string): Promise<StoredArticle>;
  retry(deliveryId: string): Promise<Delivery>;
  cancel(deliveryId: string): Promise<Delivery>;
  adopt(deliveryId: string, url: string): Promise<Delivery>;
  /** Nothing reaches any channel any more. Gives the stop that is on, also when it was before. */
  stopAll(by: string, reason: string | null): Promise<Stop>;
  /** Gives what it ended; null when nothing was stopped. */
  resumeAll(by: string): Promise<Stop | null>;
}
