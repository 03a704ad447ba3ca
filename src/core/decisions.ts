import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { PostView } from '#src/core/preview.ts';
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

/** A delivery with its very post. */
export interface ShownDelivery {
  delivery: Delivery;
  /** Null where there is none, or none any more. */
  post: PostView | null;
  /** The article's revision that the post is made of. */
  revision: number | null;
}

export interface Approval {
  by: string;
  /** Instead of the composed one. */
  text?: string;
  /** The article's revision that was read: refused when the post carries another. */
  revision?: number;
  /** However old it is. */
  anyway?: true;
}

export interface StopNotice extends Stop {
  /** What did not work, and what follows from it. */
  note?: string;
}

/** What a person may decide of an article or a delivery. */
export interface Decisions {
  source: SourceDecisions;
  /** Each throws `UserError` when the article or delivery is not there or stands otherwise. */
  hold(articleId: string): Promise<StoredArticle>;
  release(articleId: string): Promise<StoredArticle>;
  withdraw(articleId: string, reason: string): Promise<StoredArticle>;
  retry(deliveryId: string): Promise<Delivery>;
  /** What waits for approval goes as it is shown, or with the text given. */
  approve(deliveryId: string, approval: Approval): Promise<Delivery>;
  cancel(deliveryId: string): Promise<Delivery>;
  adopt(deliveryId: string, url: string): Promise<Delivery>;
  /** Nothing reaches any channel any more. Gives the stop that is on, also when it was before. */
  stopAll(by: string, reason: string | null): Promise<StopNotice>;
  /** Gives what it ended; null when nothing was stopped. */
  resumeAll(by: string): Promise<Stop | null>;
}
