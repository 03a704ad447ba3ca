import { type Kysely, sql } from 'kysely';

/** When the page of an article that was read is looked at again. */
export async function addLooks(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.readings add column look_at bigint`.execute(db);
  await sql`create index readings_looks on loa.readings (look_at) where look_at is not null`.execute(db);
}
