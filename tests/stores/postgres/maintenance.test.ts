import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMaintenance, dueMaintenance } from '#src/stores/postgres/maintenance.ts';
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

const minute = 60_000;
const state = { vacuumedAt: 0, vacuumedWritten: 0, checkpointedAt: 0 };

test('nothing is due at first, nor in a database where nothing is written', () => {
  expect(dueMaintenance(state, { written: 9e6, sinceCheckpoint: 9e6 }, minute)).toEqual({
    vacuum: false,
    checkpoint: false,
  });
  expect(
    dueMaintenance({ ...state, vacuumedWritten: 9e6 }, { written: 9e6, sinceCheckpoint: 200 }, 60 * minute),
  ).toEqual({
    vacuum: false,
    checkpoint: false,
  });
});

test('both come on their schedule, and a checkpoint as soon as the WAL is large', () => {
  const wal = { written: 9e6, sinceCheckpoint: 9e6 };
  expect(dueMaintenance(state, wal, 6 * minute)).toEqual({ vacuum: false, checkpoint: true });
  expect(dueMaintenance(state, wal, 11 * minute)).toEqual({ vacuum: true, checkpoint: true });
  expect(dueMaintenance(state, { written: 9e7, sinceCheckpoint: 4e7 }, 1000)).toEqual({
    vacuum: false,
    checkpoint: true,
  });
});

let pool: PglitePool;

beforeAll(async () => {
  pool = new PglitePool(await PGlite.create({ loadDataDir: await dataDir() }));
  await pool.query('CREATE SCHEMA loa; CREATE TABLE loa.rows (id int, word text)');
});

afterAll(() => pool.end());

test('dead rows are cleaned and the checkpoint moves on, only while no transaction is open', async () => {
  const clock = manualClock();
  const maintain = createMaintenance(pool, { log: silentLog, clock });
  await pool.query(`INSERT INTO loa.rows SELECT n, repeat('x', 300) FROM generate_series(1, 5000) n`);
  await pool.query('DELETE FROM loa.rows');
  expect(await maintain()).toEqual({ vacuumed: 0, checkpointed: false });
  clock.advance(11 * minute);
  const client = await pool.connect();
  await client.query('BEGIN');
  const running = maintain();
  await client.query('SELECT 1');
  await client.query('COMMIT');
  client.release();
  expect(await running).toEqual({ vacuumed: 1, checkpointed: true });
  const { rows } = await pool.query(`SELECT pg_relation_size('loa.rows')::int AS bytes`);
  expect(rows[0].bytes).toBe(0);
  clock.advance(11 * minute);
  expect((await maintain()).checkpointed).toBe(false);
});
