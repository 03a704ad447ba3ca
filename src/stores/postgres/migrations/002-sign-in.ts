import { type Kysely, sql } from 'kysely';

/** One-time links and sessions. Whoever holds a copy of the ledger is not signed in by it, nor by restoring it. */
export async function createSignIn(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table loa.sign_in_links (
    hash text primary key,
    expires_at bigint not null
  )`,
  `create table loa.sessions (
    hash text primary key,
    signed_in_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null
  )`,
  // What ledger-schema.ts looks for.
  `comment on table loa.sign_in_links is 'not in backups'`,
  `comment on table loa.sessions is 'not in backups'`,
];
