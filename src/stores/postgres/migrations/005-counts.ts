import { type Kysely, sql } from 'kysely';

/** What happened how often, for the metrics: processes come and go, and most of them are not asked. */
export async function createCounts(db: Kysely<any>): Promise<void> {
  await sql
    .raw(`create table loa.counts (
      name text not null,
      labels text not null,
      value bigint not null,
      primary key (name, labels)
    )`)
    .execute(db);
}
