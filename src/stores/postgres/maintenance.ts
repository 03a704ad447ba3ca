/** VACUUM and CHECKPOINT: the embedded database does neither by itself. */
import type { Clock, Log } from '#src/core/tools.ts';
import type { PglitePool } from '#src/stores/postgres/pglite-pool.ts';

export interface MaintenanceReport {
  /** Tables vacuumed. */
  vacuumed: number;
  checkpointed: boolean;
}

/** Bytes of WAL written in all, and since the last checkpoint's start. */
export interface WalState {
  written: number;
  sinceCheckpoint: number;
}

export interface MaintenanceState {
  vacuumedAt: number;
  /** `written` at the last VACUUM: nothing written since, nothing to clean. */
  vacuumedWritten: number;
  checkpointedAt: number;
}

/** What is due. Times in milliseconds of one monotonic clock. */
export function dueMaintenance(
  state: MaintenanceState,
  wal: WalState,
  now: number,
): { vacuum: boolean; checkpoint: boolean } {
  const vacuumDue = now - state.vacuumedAt >= vacuumEveryMs && wal.written > state.vacuumedWritten;
  const checkpointDue = now - state.checkpointedAt >= checkpointEveryMs && wal.sinceCheckpoint >= worthIt;
  return { vacuum: vacuumDue, checkpoint: checkpointDue || wal.sinceCheckpoint >= mostWal };
}

const vacuumEveryMs = 10 * 60_000;
const checkpointEveryMs = 5 * 60_000;
/** A checkpoint writes some bytes of its own; without a floor an idle database would make one for ever. */
const worthIt = 64 * 1024;
/** Half of `max_wal_size`: reopening after a crash replays at most this much and what came within one round. */
const mostWal = 32 * 1024 * 1024;

/**
 * The function that does what is due at its call. Each statement takes a turn of its own, so it never runs inside a
 * transaction, and others get theirs between two tables. A table that fails is logged and does not stop the others.
 */
export function createMaintenance(
  pool: PglitePool,
  tools: { log: Log; clock: Clock },
): () => Promise<MaintenanceReport> {
  const { log, clock } = tools;
  const opened = clock.monotonic();
  const state: MaintenanceState = { vacuumedAt: opened, vacuumedWritten: 0, checkpointedAt: opened };
  return async () => {
    const wal = await walState(pool);
    const due = dueMaintenance(state, wal, clock.monotonic());
    let vacuumed = 0;
    if (due.vacuum) {
      state.vacuumedAt = clock.monotonic();
      state.vacuumedWritten = wal.written;
      vacuumed = await vacuumAll(pool, log);
    }
    if (due.checkpoint) {
      await pool.query('CHECKPOINT');
      state.checkpointedAt = clock.monotonic();
    }
    return { vacuumed, checkpointed: due.checkpoint };
  };
}

async function walState(pool: PglitePool): Promise<WalState> {
  const { rows } = await pool.query(`
    SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::float8 AS written,
           pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn)::float8 AS since
      FROM pg_control_checkpoint()`);
  return { written: rows[0].written, sinceCheckpoint: rows[0].since };
}

async function vacuumAll(pool: PglitePool, log: Log): Promise<number> {
  const { rows } = await pool.query(`
    SELECT format('%I.%I', schemaname, tablename) AS name
      FROM pg_tables WHERE schemaname IN ('loa', 'bullmq') ORDER BY 1`);
  let done = 0;
  for (const { name } of rows) {
    try {
      await pool.query(`VACUUM (ANALYZE) ${name}`);
      done += 1;
    } catch (error) {
      log.warn('A table could not be vacuumed', { table: name, error });
    }
  }
  return done;
}
