import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { Stop } from '#src/core/stop.ts';

/** What a person may decide of an article or a delivery. */
export interface Decisions {
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
