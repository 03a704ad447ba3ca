/** The ledger's tables as Kysely sees them. All times are milliseconds since the epoch, in `bigint` columns. */
import type { ColumnType, Generated } from 'kysely';
import type { Article, ArticleEvent, ArticleState, WithdrawnBy } from '#src/core/article.ts';
import type { DeliveryOp, DeliveryState } from '#src/core/delivery.ts';
import type { Habits } from '#src/core/habits.ts';
import type { PhotoWords } from '#src/core/photo-words.ts';
import type { Post } from '#src/core/post.ts';
import type { ReadingStep } from '#src/core/reading-story.ts';
import type { Rendition } from '#src/core/rendition.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import type {
  ChannelSecretsTable,
  ChannelsTable,
  OptOutsTable,
  RatesTable,
} from '#src/stores/postgres/channel-tables.ts';
import type { Json, MaybeJson, MaybeTime, Time } from '#src/stores/postgres/columns.ts';
import type { Reading } from '#src/stores/sources.ts';
import type { Subscription } from '#src/stores/subscriptions.ts';

export interface Database {
  articles: ArticlesTable;
  revisions: RevisionsTable;
  article_keys: ArticleKeysTable;
  article_addresses: ArticleAddressesTable;
  story_marks: StoryMarksTable;
  article_events: ArticleEventsTable;
  photos: PhotosTable;
  deliveries: DeliveriesTable;
  attempts: AttemptsTable;
  sources: SourcesTable;
  readings: ReadingsTable;
  feeds: FeedsTable;
  channels: ChannelsTable;
  alerts: AlertsTable;
  board_posts: BoardPostsTable;
  stops: StopsTable;
  sign_in_links: SignInLinksTable;
  sessions: SessionsTable;
  counts: CountsTable;
  push_messages: PushMessagesTable;
  subscriptions: SubscriptionsTable;
  habits: HabitsTable;
  channel_secrets: ChannelSecretsTable;
  rates: RatesTable;
  opt_outs: OptOutsTable;
  summaries: SummariesTable;
}

export interface ArticlesTable {
  id: string;
  entry_id: string;
  source_id: string;
  state: ArticleState;
  baseline: boolean;
  first_seen_at: Time;
  /** The newest one. */
  revision: number;
  ready_revision: number;
  /** Publication or else first seen, of the newest and of the ready revision: the order of lists. */
  sort_at: Time;
  ready_sort_at: MaybeTime;
  /** The source whose reading its newest revision is; null for its first one. */
  content_from: string | null;
  withdrawn_by: WithdrawnBy | null;
}

export interface RevisionsTable {
  article_id: string;
  revision: number;
  content: Json<Article>;
  content_hash: string;
  changes: Json<string[]>;
  revised_at: Time;
  published_at: MaybeTime;
  /** Folded for comparing: the database's own `lower` knows only ASCII under the C locale. */
  section_key: string | null;
  tag_keys: Json<string[]>;
  language_key: string;
}

export interface ArticleKeysTable {
  source_id: string;
  /** As `indexKey` gives it. */
  external_id: string;
  article_id: string;
}

export interface ArticleAddressesTable {
  /** As `indexKey` gives it. */
  canonical_url: string;
  article_id: string;
}

export interface StoryMarksTable {
  /** As `storyMarks` in the core gives it. */
  mark: string;
  article_id: string;
}

export interface ArticleEventsTable {
  article_id: string;
  /** From 1 in each article. */
  number: number;
  at: Time;
  kind: ArticleEvent['kind'];
  revision: number;
  detail: string | null;
}

export interface PhotosTable {
  article_id: string;
  position: number;
  url: string;
  hash: string | null;
  width: number | null;
  height: number | null;
  renditions: Json<Rendition[]>;
  card_bytes: number | null;
  words: MaybeJson<PhotoWords>;
  failure: string | null;
}

export interface DeliveriesTable {
  id: string;
  article_id: string;
  channel_id: string;
  op: DeliveryOp;
  part: string;
  as_reply: boolean;
  revision: number;
  key: string;
  state: DeliveryState;
  reason: string | null;
  not_before: Time;
  due_at: MaybeTime;
  free_at: MaybeTime;
  created_at: Time;
  updated_at: Time;
  sent_at: MaybeTime;
  attempts: number;
  fence: number;
  lease_until: MaybeTime;
  post: MaybeJson<Post>;
  prepared: MaybeJson<unknown>;
  remote_id: string | null;
  remote_url: string | null;
  approved_by: string | null;
  approved_at: MaybeTime;
  judged: ColumnType<number, number | undefined>;
  urgent: boolean;
}

export interface AttemptsTable {
  delivery_id: string;
  /** The fence of its claim. */
  number: number;
  started_at: Time;
  ended_at: MaybeTime;
  result: string | null;
  detail: string | null;
}

export interface SourcesTable {
  source_id: string;
  cursor: MaybeJson<Cursor>;
  baseline_at: MaybeTime;
  last_poll_at: MaybeTime;
  last_success_at: MaybeTime;
  next_poll_at: Time;
  failures: number;
  last_error: string | null;
}

export interface ReadingsTable {
  id: string;
  source_id: string;
  /** As `indexKey` gives it; the id itself stands in `ref`. */
  external_id: string;
  ref: Json<ArticleRef>;
  stamp: string;
  sign: ArticleRef['sign'];
  baseline: boolean;
  state: Reading['state'];
  due_at: Time;
  attempts: number;
  error: string | null;
  gone_count: number;
  gone_since: MaybeTime;
  begun: ColumnType<number, number | undefined>;
  look_at: ColumnType<string | number | null, number | null | undefined, number | null>;
  found_at: MaybeTime;
  held: Reading['held'];
  story: Json<ReadingStep[]>;
}

export interface PushMessagesTable {
  source_id: string;
  message_id: string;
  received_at: Time;
}

export interface SubscriptionsTable {
  token: string;
  source_id: string;
  hub: string;
  topic: string;
  callback: string;
  secret: string | null;
  wanted: boolean;
  pending: Subscription['pending'];
  lease_until: MaybeTime;
  failures: number;
  failing_since: MaybeTime;
  error: string | null;
  next_at: Time;
}

export interface FeedsTable {
  feed_id: string;
  wanted: number;
  built: number;
  built_at: MaybeTime;
  entries: number;
  error: string | null;
}

export interface AlertsTable {
  id: string;
  cause: string;
  message: string;
  next: string | null;
  first_seen_at: Time;
  last_seen_at: Time;
  count: number;
  resolved_at: MaybeTime;
}

export interface CountsTable {
  name: string;
  /** JSON, its keys always in the same order. */
  labels: string;
  value: ColumnType<string | number, number, number>;
}

export interface SignInLinksTable {
  hash: string;
  expires_at: Time;
}

export interface SessionsTable {
  hash: string;
  signed_in_at: Time;
  seen_at: Time;
  expires_at: Time;
}

export interface StopsTable {
  id: string;
  stopped_at: Time;
  stopped_by: string;
  reason: string | null;
  resumed_at: MaybeTime;
  resumed_by: string | null;
}

export interface BoardPostsTable {
  channel_id: string;
  key: string;
  post: Json<Post>;
  posted_at: Time;
  edited_at: MaybeTime;
  taken_at: MaybeTime;
}

export interface HabitsTable {
  source_id: string;
  with_body: Generated<number>;
  with_photos: number;
  without_photos: number;
  astray: Json<Habits['astray']>;
}

export interface SummariesTable {
  article_id: string;
  revision: number;
  text: string | null;
  why: string | null;
  made_at: Time;
}
