import { type Kysely, sql } from 'kysely';

/** What a person judged of a delivery's tries; whether the posts that an account had before were looked at. */
export async function addDoubt(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.deliveries add column judged integer not null default 0`.execute(db);
  await sql`alter table loa.channels add column history_at bigint`.execute(db);
  await sql`update loa.channels set history_at = since`.execute(db);
  // An id may be an address of any length.
  await sql`create index deliveries_remote on loa.deliveries using hash (remote_id)`.execute(db);
}
