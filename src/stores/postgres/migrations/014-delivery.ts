import { type Kysely, sql } from 'kysely';

/** Posts for single readers, corrections by reply, approval; one create for ever for each article, channel and part. */
export async function addDeliveryParts(db: Kysely<unknown>): Promise<void> {
  await sql`alter table loa.deliveries
    add column part text not null default '',
    add column as_reply boolean not null default false,
    add column approved_by text,
    add column approved_at bigint`.execute(db);
  await sql`drop index loa.one_create_for_ever`.execute(db);
  await sql`create unique index one_create_for_ever on loa.deliveries (article_id, channel_id, part)
    where op = 'create'`.execute(db);
}
