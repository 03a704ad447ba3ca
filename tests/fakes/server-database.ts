import { type Kysely, sql } from 'kysely';
import { systemClock } from '#src/ops/clock.ts';
import type { OpenDatabase } from '#src/stores/postgres/database.ts';
import { migrate } from '#src/stores/postgres/migrate.ts';
import { migrations } from '#src/stores/postgres/migrations.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { startPostgres } from '#tests/servers/postgres.ts';

export interface ServerDatabase {
  db: Kysely<Database>;
  queuePool: OpenDatabase['queuePool'];
  url: string;
  /** An empty ledger again. */
  reset(): Promise<void>;
  close(): Promise<void>;
}

/** The ledger on a PostgreSQL server of the test's own, through the pools that the worker uses. */
export async function openServerDatabase(): Promise<ServerDatabase> {
  const server = await startPostgres();
  const url = await server.database();
  const tools = { log: silentLog, clock: systemClock, alerts: recordingAlerts() };
  const { db, queuePool, close } = await openDatabase({ ...tools, database: url, data: '' });
  await migrate(db, migrations);
  const { rows } = await sql<{ names: string }>`
    SELECT string_agg(format('loa.%I', tablename), ', ') AS names
      FROM pg_tables WHERE schemaname = 'loa' AND tablename NOT LIKE 'kysely%'`.execute(db);
  return {
    db,
    queuePool,
    url,
    reset: async () => void (await sql.raw(`TRUNCATE ${rows[0]!.names}`).execute(db)),
    async close() {
      await close();
      await server.stop();
    },
  };
}
