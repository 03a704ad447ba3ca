import { type Kysely, sql } from 'kysely';

/** Every use of the global stop, with who, when and why; it is on while one has no end. */
export async function createSwitches(db: Kysely<any>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  `create table loa.stops (
    id text primary key,
    stopped_at bigint not null,
    stopped_by text not null,
    reason text,
    resumed_at bigint,
    resumed_by text
  )`,
  // The table grows by hand, one row a use; two at once would make one of them last for ever.
  `create unique index one_open_stop on loa.stops ((true)) where resumed_at is null`,
];
