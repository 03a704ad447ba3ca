/** The ledger's first tables. Only forwards: a way back would lose what was published. */
import { type Kysely, sql } from 'kysely';

/** Makes the schema `loa` where it is missing, and its tables. */
export async function createLedgerTables(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create schema if not exists loa`,

  `create table loa.articles (
    id text primary key,
    entry_id text not null unique,
    source_id text not null,
    state text not null,
    baseline boolean not null,
    first_seen_at bigint not null,
    revision integer not null,
    ready_revision integer not null,
    sort_at bigint not null,
    ready_sort_at bigint
  )`,
  `create index articles_by_time on loa.articles (sort_at desc, first_seen_at desc, id)`,
  `create index articles_in_feeds on loa.articles (ready_sort_at desc, first_seen_at desc, id)
    where state = 'live' and ready_revision > 0`,
  `create index articles_unready on loa.articles (id) where state = 'live' and ready_revision < revision`,

  `create table loa.revisions (
    article_id text not null references loa.articles (id),
    revision integer not null,
    content jsonb not null,
    content_hash text not null,
    changes jsonb not null,
    revised_at bigint not null,
    published_at bigint,
    section_key text,
    tag_keys jsonb not null,
    language_key text not null,
    primary key (article_id, revision)
  )`,

  `create table loa.article_keys (
    source_id text not null,
    external_id text not null,
    article_id text not null references loa.articles (id),
    primary key (source_id, external_id)
  )`,
  // An address leads to one article for ever, so that two sources that read it at once cannot both create it.
  `create table loa.article_addresses (
    canonical_url text primary key,
    article_id text not null references loa.articles (id)
  )`,

  `create table loa.article_events (
    article_id text not null references loa.articles (id),
    number integer not null,
    at bigint not null,
    kind text not null,
    revision integer not null,
    detail text,
    primary key (article_id, number)
  )`,

  `create table loa.photos (
    article_id text not null references loa.articles (id),
    position integer not null,
    url text not null,
    hash text,
    width integer,
    height integer,
    renditions jsonb not null,
    failure text,
    primary key (article_id, position)
  )`,

  `create table loa.deliveries (
    id text primary key,
    article_id text not null references loa.articles (id),
    channel_id text not null,
    op text not null,
    revision integer not null,
    key text not null unique,
    state text not null,
    reason text,
    not_before bigint not null,
    due_at bigint,
    free_at bigint,
    created_at bigint not null,
    updated_at bigint not null,
    sent_at bigint,
    attempts integer not null,
    fence integer not null,
    lease_until bigint,
    post jsonb,
    prepared jsonb,
    remote_id text,
    remote_url text
  )`,
  `create unique index one_create_for_ever on loa.deliveries (article_id, channel_id) where op = 'create'`,
  `create index deliveries_of_post on loa.deliveries (article_id, channel_id)`,
  `create index deliveries_due on loa.deliveries (due_at) where state in ('waiting', 'retry')`,
  `create index deliveries_stranded on loa.deliveries (lease_until) where state = 'sending'`,
  `create index deliveries_by_state on loa.deliveries (channel_id, state)`,
  `create index deliveries_by_time on loa.deliveries (created_at desc)`,
  `create index deliveries_sent on loa.deliveries (channel_id, sent_at) where op = 'create' and sent_at is not null`,

  `create table loa.attempts (
    delivery_id text not null references loa.deliveries (id),
    number integer not null,
    started_at bigint not null,
    ended_at bigint,
    result text,
    detail text,
    primary key (delivery_id, number)
  )`,

  `create table loa.sources (
    source_id text primary key,
    cursor jsonb,
    baseline_at bigint,
    last_poll_at bigint,
    last_success_at bigint,
    next_poll_at bigint not null,
    failures integer not null,
    last_error text
  )`,
  `create table loa.readings (
    id text primary key,
    source_id text not null,
    external_id text not null,
    ref jsonb not null,
    stamp text not null,
    sign text not null,
    baseline boolean not null,
    state text not null,
    due_at bigint not null,
    attempts integer not null,
    error text,
    gone_count integer not null,
    gone_since bigint,
    unique (source_id, external_id)
  )`,
  `create index readings_due on loa.readings (due_at) where state = 'due'`,

  `create table loa.feeds (
    feed_id text primary key,
    wanted integer not null,
    built integer not null,
    built_at bigint,
    entries integer not null,
    error text
  )`,

  `create table loa.channels (
    channel_id text primary key,
    since bigint not null,
    paused boolean not null,
    paused_reason text,
    account text,
    facts jsonb not null,
    failures integer not null,
    open_until bigint
  )`,

  `create table loa.alerts (
    id text primary key,
    cause text not null,
    message text not null,
    next text,
    first_seen_at bigint not null,
    last_seen_at bigint not null,
    count integer not null,
    resolved_at bigint
  )`,
  `create unique index one_open_alert on loa.alerts (cause) where resolved_at is null`,

  `create table loa.board_posts (
    channel_id text not null,
    key text not null,
    post jsonb not null,
    posted_at bigint not null,
    edited_at bigint,
    taken_at bigint,
    primary key (channel_id, key)
  )`,
  `create index board_posts_shown on loa.board_posts (channel_id, posted_at desc) where taken_at is null`,
];
