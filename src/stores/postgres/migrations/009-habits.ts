import { type Kysely, sql } from 'kysely';

/** What each source's articles always were: photos, and a body where the profile says. */
export async function createHabits(db: Kysely<unknown>): Promise<void> {
  await sql
    .raw(`create table loa.habits (
      source_id text primary key,
      with_photos integer not null,
      without_photos integer not null,
      astray jsonb not null
    )`)
    .execute(db);
}
