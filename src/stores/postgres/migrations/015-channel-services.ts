import { type Kysely, sql } from 'kysely';

const statements = [
  `create table loa.channel_secrets (
    channel_id text primary key,
    sealed text,
    expires_at bigint,
    updated_at bigint not null,
    hold integer not null,
    held_until bigint
  )`,
  // The key that opens them is not in the backup either.
  `comment on table loa.channel_secrets is 'not in backups'`,
  `create table loa.rates (
    account text primary key,
    units double precision not null,
    at bigint not null
  )`,
  `comment on table loa.rates is 'not in backups'`,
  `create table loa.opt_outs (
    channel_id text not null,
    part text not null,
    at bigint not null,
    primary key (channel_id, part)
  )`,
  `create table loa.summaries (
    article_id text not null references loa.articles (id),
    revision integer not null,
    text text,
    why text,
    made_at bigint not null,
    primary key (article_id, revision)
  )`,
];

/** What channels need beside deliveries: tokens, rates, who wants no more; and summaries that were asked for. */
export async function createChannelServices(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}
