import { type Kysely, sql } from 'kysely';

/** When a channel's credentials end, as far as its service says. */
export async function addChannelExpiry(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.channels add column expires_at bigint`.execute(db);
}
