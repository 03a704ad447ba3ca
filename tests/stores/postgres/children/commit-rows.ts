// Commits durable rows one by one and names each that stands, until it is killed.
import { sql } from 'kysely';
import { systemClock } from '#src/ops/clock.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { openEmbedded } from '#src/stores/postgres/open-embedded.ts';
import { silentLog } from '#tests/fakes/log.ts';

const { db } = await openEmbedded({ data: process.argv[2] as string, log: silentLog, clock: systemClock });
await sql`CREATE TABLE public.rows (id int PRIMARY KEY)`.execute(db);
for (let id = 1; ; id++) {
  await durably(db, (trx) => sql`INSERT INTO public.rows VALUES (${id})`.execute(trx));
  process.stdout.write(`${id}\n`);
}
