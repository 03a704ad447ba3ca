import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';

/** What a person may decide of an article or a delivery. */
export interface Decisions {
  /** Each throws `UserError` when the article or delivery is not there or stands otherwise. */
  hold(articleId: string): Promise<StoredArticle>;
  release(articleId: string): Promise<StoredArticle>;
  withdraw(articleId: string, reason: string): Promise<StoredArticle>;
  retry(deliveryId: string): Promise<Delivery>;
  cancel(deliveryId: string): Promise<Delivery>;
  adopt(deliveryId: string, url: string): Promise<Delivery>;
}
