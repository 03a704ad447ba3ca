import { type Kysely, sql } from 'kysely';

/** How many articles in a row had a whole body: what turns to single sentences then has changed. */
export async function addHabitBodies(db: Kysely<unknown>): Promise<void> {
  await sql.raw('alter table loa.habits add column with_body integer not null default 0').execute(db);
}
