/** Time that passed while no process ran: everything the ledger dates lies so much further back. */
import { join } from 'node:path';
import pg from 'pg';
import { systemClock } from '#src/ops/clock.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { silentLog } from '#tests/fakes/log.ts';

const dated = ['deliveries', 'attempts', 'channels'];

/** `database`: of a server; null: the embedded one below `folder`. */
export async function ageLedger(ms: number, { database, folder }: { database: string | null; folder: string }) {
  if (database) {
    const client = new pg.Client({ connectionString: database });
    await client.connect();
    await age(ms, (text) => client.query(text)).finally(() => client.end());
    return;
  }
  const tools = { alerts: recordingAlerts(), log: silentLog, clock: systemClock };
  const { queuePool, close } = await openDatabase({ ...tools, data: join(folder, 'data'), database: 'embedded' });
  await age(ms, (text) => queuePool.query(text)).finally(close);
}

async function age(ms: number, query: (text: string) => Promise<{ rows: any[] }>): Promise<void> {
  const tables = dated.map((table) => `'${table}'`).join(', ');
  const { rows } = await query(
    `SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'loa'
     AND table_name IN (${tables}) AND data_type = 'bigint' AND column_name ~ '(_at|_until|since|looked)$'`,
  );
  for (const { table_name: table, column_name: column } of rows) {
    // What waits for a person has a time that nobody lives to see.
    await query(`UPDATE loa.${table} SET ${column} = ${column} - ${ms} WHERE ${column} < 7000000000000`);
  }
}
