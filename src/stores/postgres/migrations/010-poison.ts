import { type Kysely, sql } from 'kysely';

/** How often in a row an article was begun and neither read nor refused: its reading may end the worker. */
export async function addBegun(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.readings add column begun integer not null default 0`.execute(db);
}
