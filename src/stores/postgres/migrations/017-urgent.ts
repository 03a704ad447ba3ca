import { type Kysely, sql } from 'kysely';

/** Breaking news and withdrawals go before others of their channel. */
export async function addUrgent(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.deliveries add column urgent boolean not null default false`.execute(db);
}
