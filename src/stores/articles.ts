/** Articles and their revisions: the durable truth of what the newsroom published. */
import type {
  Article,
  ArticleEvent,
  ArticleKeys,
  ArticleState,
  StoredArticle,
  WithdrawnBy,
} from '#src/core/article.ts';
import type { Delivery, NewDelivery } from '#src/core/delivery.ts';
import type { Only } from '#src/core/settings.ts';
import type { Reading } from '#src/stores/sources.ts';

export interface NewArticle {
  id: string;
  entryId: string;
  keys: ArticleKeys;
  article: Article;
  /** Of everything a reader would see; the same hash is no new revision. */
  contentHash: string;
  baseline: boolean;
  deliveries: NewDelivery[];
  /** Under which other readings of the story find it. */
  marks?: readonly string[];
  /** Of the marks, the one at which two readings of one story at the same moment wait for each other. */
  lock?: string;
  /** Known articles that are other stories, though they share a name, an address or a mark. A shared name is this one's. */
  others?: readonly string[];
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
  /** Channels on which it is breaking news by now: what settles or keeps the pace there goes as soon as this is ready. */
  urgent?: readonly string[];
  marks?: readonly string[];
  /** The newsroom had withdrawn it, and it stands there again: live from here on. */
  returned?: boolean;
  now: number;
}

export interface KnownArticle {
  stored: StoredArticle;
  contentHash: string;
}

/** A known article that may be the story that was read. */
export interface KnownStory extends KnownArticle {
  /** The source whose reading its text is. */
  contentFrom: string;
  withdrawnBy: WithdrawnBy | null;
  names: { sourceId: string; externalId: string }[];
  /** As they are kept: `uniqueAddress` in the core. */
  addresses: string[];
}

/** Another reading has stored the article meanwhile: look for it again. */
export class ArticleExists extends Error {
  override readonly name = 'ArticleExists';
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

export interface Joined {
  marks: readonly string[];
  detail: string;
  now: number;
}

export interface Withdrawal {
  articleId: string;
  reason: string;
  /** A person when left out. */
  by?: WithdrawnBy;
  now: number;
}

/** An article's reading under another name. */
export type OtherReading = Pick<Reading, 'id' | 'sourceId' | 'foundAt'> & { url: string | null };

export interface ArticleStore {
  /** By source and external id, else by canonical address. */
  find(keys: ArticleKeys): Promise<KnownArticle | null>;
  /** Ids of all that have this mark. */
  marked(mark: string): Promise<string[]>;
  /** Those that share a name or an address with it, then those with the most of its marks. */
  candidates(wanted: { keys: ArticleKeys; marks: readonly string[]; limit: number }): Promise<KnownStory[]>;
  get(id: string): Promise<StoredArticle | null>;
  /** By an address, however it is written, or by what a source calls it. */
  byClue(of: string): Promise<StoredArticle | null>;
  /** Content of one revision. */
  revision(id: string, revision: number): Promise<StoredArticle | null>;
  /** One durable transaction: article, keys, marks, revision 1, delivery rows. Throws `ArticleExists`. */
  create(article: NewArticle): Promise<{ article: StoredArticle; deliveries: Delivery[] }>;
  revise(revision: NewRevision): Promise<{ article: StoredArticle; deliveries: Delivery[] } | null>;
  /**
   * Joins further keys and marks to an article. True when its source did not know it under this name before; then
   * `detail` is an event of its story.
   */
  addKeys(id: string, keys: ArticleKeys, joined?: Joined): Promise<boolean>;
  /** Where else its sources have it, beside the one of these keys: readings of what was not missing. */
  otherReadings(id: string, keys: ArticleKeys): Promise<OtherReading[]>;
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
