import { type Kysely, sql } from 'kysely';

/** Messages that were pushed, so that none counts twice; and hubs that tell of a source's changes. */
export async function createPush(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table loa.push_messages (
    source_id text not null,
    message_id text not null,
    received_at bigint not null,
    primary key (source_id, message_id)
  )`,
  `create index push_messages_by_time on loa.push_messages (received_at)`,

  `create table loa.subscriptions (
    token text primary key,
    source_id text not null,
    hub text not null,
    topic text not null,
    callback text not null,
    secret text,
    wanted boolean not null,
    pending text,
    lease_until bigint,
    failures integer not null,
    failing_since bigint,
    error text,
    next_at bigint not null
  )`,
  `create unique index one_subscription on loa.subscriptions (source_id) where wanted`,
  `create index subscriptions_due on loa.subscriptions (next_at)`,
  // Whoever holds the token and the secret can speak for the hub.
  `comment on table loa.subscriptions is 'not in backups'`,
];
