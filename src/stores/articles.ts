/** Articles and their revisions: the durable truth of what the newsroom published. */
import type { Article, ArticleEvent, ArticleKeys, ArticleState, StoredArticle } from '#src/core/article.ts';
import type { Delivery, NewDelivery } from '#src/core/delivery.ts';
import type { Only } from '#src/core/settings.ts';

export interface NewArticle {
  id: string;
  entryId: string;
  keys: ArticleKeys;
  article: Article;
  /** Of everything a reader would see; the same hash is no new revision. */
  contentHash: string;
  baseline: boolean;
  deliveries: NewDelivery[];
  now: number;
}

export interface NewRevision {
  id: string;
  /** The revision this one follows; refused (null given back) when another came in between. */
  after: number;
  keys: ArticleKeys;
  article: Article;
  contentHash: string;
  /** What changed, plain words: `headline`, `text`, `photos` … */
  changes: string[];
  deliveries: NewDelivery[];
  now: number;
}

export interface KnownArticle {
  stored: StoredArticle;
  contentHash: string;
}

export interface ArticleQuery {
  state?: ArticleState;
  /** Newest first by publication, then first seen. */
  limit: number;
  offset?: number;
  only?: Only | null;
  /** Only those a feed may show: `readyRevision > 0`, live; the shown content is the ready revision's. */
  ready?: boolean;
}

export interface Withdrawal {
  articleId: string;
  reason: string;
  now: number;
}

export interface ArticleStore {
  /** By source and external id, else by canonical address. */
  find(keys: ArticleKeys): Promise<KnownArticle | null>;
  get(id: string): Promise<StoredArticle | null>;
  /** Content of one revision. */
  revision(id: string, revision: number): Promise<StoredArticle | null>;
  /** One durable transaction: article, keys, revision 1, delivery rows. */
  create(article: NewArticle): Promise<{ article: StoredArticle; deliveries: Delivery[] }>;
  revise(revision: NewRevision): Promise<{ article: StoredArticle; deliveries: Delivery[] } | null>;
  /** Joins one more key to an article. */
  addKeys(id: string, keys: ArticleKeys): Promise<void>;
  list(query: ArticleQuery): Promise<StoredArticle[]>;
  /** The ids of what `list` gives, in its order, without reading the texts. */
  ids(query: ArticleQuery): Promise<string[]>;
  count(query?: Omit<ArticleQuery, 'limit' | 'offset'>): Promise<number>;
  /**
   * The photos of `revision` are done: feeds and posts may show it. One transaction with `freeAt`, `dueAt` of its
   * waiting deliveries (`max(now, notBefore)`), and one more change wanted of each feed (`touch`). False when it was
   * ready before or a newer one is.
   */
  markReady(id: string, revision: number, now: number, feedIds: readonly string[]): Promise<boolean>;
  /** Live articles whose newest revision is not ready and was written before `before`. */
  unready(before: number, limit: number): Promise<{ id: string; revision: number }[]>;
  /**
   * One transaction: state `withdrawn`, pending creates and edits `cancelled`, and for each create that was sent (or
   * may have been) a `withdraw` row from `deliveries`; one more change wanted of each feed. False when it already was.
   */
  withdraw(withdrawal: Withdrawal, deliveries: NewDelivery[], feedIds: readonly string[]): Promise<boolean>;
  /** A person stops a live article: out of every feed, nothing of it is posted until `release`. False when it is not live. */
  hold(id: string, now: number, feedIds: readonly string[]): Promise<boolean>;
  /** The time it was held does not age its deliveries. False when it is not held. */
  release(id: string, now: number, feedIds: readonly string[]): Promise<boolean>;
  /** What happened to it, oldest first: for the trace. */
  events(id: string): Promise<ArticleEvent[]>;
}
