/** The embedded database: one process, one connection, files under `data/db`. */
import { join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import type { Clock, Log } from '#src/core/tools.ts';
import { lockData } from '#src/stores/postgres/data-lock.ts';
import type { OpenDatabase } from '#src/stores/postgres/database.ts';
import { createMaintenance } from '#src/stores/postgres/maintenance.ts';
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';
import { limitWasmMemory } from '#src/stores/postgres/wasm-memory.ts';

export interface OpenEmbeddedOptions {
  data: string;
  log: Log;
  clock: Clock;
  /** How long to wait for a process that is stopping. Milliseconds, default 10 s. */
  waitMs?: number;
  /** Called once when the database has stopped itself (its disk failed): the process must end and start again. */
  onBroken?: (error: Error) => void;
}

/**
 * Takes the lock on the data folder, then opens or creates the database in it. Throws a `UserError` when another
 * process has the folder, when it cannot be written, or when the database does not open.
 */
export async function openEmbedded(options: OpenEmbeddedOptions): Promise<OpenDatabase> {
  const { data, log, clock } = options;
  const lock = await lockData(data, { clock, ...(options.waitMs === undefined ? {} : { waitMs: options.waitMs }) });
  try {
    limitWasmMemory();
    // Only now: V8's flags reach what is compiled after them.
    const { openDurable } = await import('#src/stores/postgres/durable-pglite.ts');
    const started = clock.monotonic();
    const pool = new PglitePool(await openDurable(join(data, 'db')), (error) => {
      log.error('The database has stopped itself; nothing more is stored until Loa is started again', { error });
      options.onBroken?.(error);
    });
    log.debug('The embedded database is open', { folder: data, ms: Math.round(clock.monotonic() - started) });
    const db = new Kysely<any>({ dialect: new PostgresDialect({ pool: pool as never }) });
    return {
      kind: 'embedded',
      queuePool: pool,
      db,
      maintain: createMaintenance(pool, { log, clock }),
      async close() {
        await pool.end();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
