import { type Kysely, sql } from 'kysely';

/** What each photo's own metadata says of it. */
export async function addPhotoWords(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.photos add column words jsonb`.execute(db);
}
