import { type Kysely, sql } from 'kysely';

/** The size of each photo's card, in bytes. */
export async function addPhotoCard(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.photos add column card_bytes integer`.execute(db);
}
