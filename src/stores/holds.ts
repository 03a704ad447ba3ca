/** What waits for a person's word about many articles at once: ids that changed, more news than usual. */
import type { ArticleKeys } from '#src/core/article.ts';
import type { Delivery, NewDelivery } from '#src/core/delivery.ts';
import type { KnownRefs } from '#src/core/poll-verdict.ts';
import type { Hold, Reading } from '#src/stores/sources.ts';

export interface Fold {
  readingId: string;
  articleId: string;
  /** The new name and address. */
  keys: ArticleKeys;
  /** For the article's story. */
  detail: string;
  now: number;
}

export interface HoldStore {
  /** What is known of references by their ids, address keys and title marks. */
  known(
    sourceId: string,
    wanted: { externalIds: readonly string[]; addresses: readonly string[]; titles: readonly string[] },
  ): Promise<KnownRefs>;
  /** In the order they were found. */
  list(sourceId: string, hold: Hold): Promise<Reading[]>;
  counts(): Promise<{ sourceId: string; hold: Hold; count: number }[]>;
  /** One durable transaction: the article has the new name too, and the reading is done. False when it was before. */
  fold(fold: Fold): Promise<boolean>;
  /** These readings are held otherwise, or no more; what was unread is due. Gives what is to be read now. */
  letGo(readingIds: readonly string[], to: 'burst' | 'seen' | null, now: number): Promise<Reading[]>;
  /** Articles by the readings that became one. */
  articlesOf(readingIds: readonly string[]): Promise<Map<string, string>>;
  /** What a person decided of an article's posts that still wait untouched, one row per channel. Gives what is due. */
  decidePosts(articleId: string, planned: readonly NewDelivery[], now: number): Promise<Delivery[]>;
}
