import { existsSync, fsyncSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { openDurable } from '#src/stores/postgres/durable-pglite.ts';
import { openEmbedded } from '#src/stores/postgres/open-embedded.ts';
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { runChild } from '#tests/stores/postgres/run-child.ts';

let data: string;
let dir: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'loa-db-'));
  dir = join(data, 'db');
});

afterEach(() => rm(data, { recursive: true, force: true }));

/** A database whose fsyncs are counted, and fail on demand. */
async function counted(onBroken?: (error: Error) => void) {
  const disk = { fsyncs: 0, failing: false };
  const pglite = await openDurable(dir, {
    fsync: (fd) => {
      disk.fsyncs += 1;
      if (disk.failing) throw new Error('EIO: i/o error, fsync');
      fsyncSync(fd);
    },
  });
  const pool = new PglitePool(pglite, onBroken);
  await pool.query('CREATE TABLE public.rows (id bigint, bytes bytea, at timestamptz)');
  const commit = async (id: number) => {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query('SET LOCAL synchronous_commit = on');
      await client.query('INSERT INTO public.rows (id) VALUES ($1)', [id]);
      await client.query('COMMIT');
    } finally {
      client.release();
    }
  };
  return { disk, pool, commit };
}

test('a ledger commit fsyncs the WAL, a queue commit does not, a checkpoint fsyncs everything', async () => {
  const { disk, pool, commit } = await counted();
  disk.fsyncs = 0;
  for (let i = 0; i < 10; i++) await pool.query('INSERT INTO public.rows (id) VALUES (1)');
  expect(disk.fsyncs).toBe(0);
  for (let i = 0; i < 10; i++) await commit(i);
  expect(disk.fsyncs).toBeGreaterThanOrEqual(10);
  disk.fsyncs = 0;
  await pool.query('CHECKPOINT');
  expect(disk.fsyncs).toBeGreaterThan(3);
  await pool.end();
});

test('values come as node-postgres gives them', async () => {
  const { pool } = await counted();
  const at = new Date('2026-11-25T08:00:00.123Z');
  await pool.query('INSERT INTO public.rows VALUES ($1, $2, $3)', ['9007199254740993', Buffer.from([0, 255]), at]);
  const { rows } = await pool.query(`SELECT *, ARRAY[1::bigint] AS many FROM public.rows`);
  expect(rows).toEqual([{ id: '9007199254740993', bytes: Buffer.from([0, 255]), at, many: ['1'] }]);
  expect(Buffer.isBuffer(rows[0].bytes)).toBe(true);
  const settings = await pool.query(`SELECT current_setting('fsync') AS fsync, current_setting('search_path') AS path,
    current_setting('synchronous_commit') AS commits, current_setting('wal_sync_method') AS method`);
  expect(settings.rows).toEqual([{ fsync: 'on', path: 'bullmq', commits: 'off', method: 'fsync' }]);
  await pool.end();
});

test('when the disk refuses an fsync, the commit fails and nothing is acknowledged after it', async () => {
  const broken: Error[] = [];
  const { disk, pool, commit } = await counted((error) => broken.push(error));
  await commit(1);
  disk.failing = true;
  await expect(commit(2)).rejects.toThrow();
  disk.failing = false;
  await expect(commit(3)).rejects.toThrow('has stopped itself');
  await expect(pool.query('SELECT 1')).rejects.toThrow('has stopped itself');
  expect(broken).toHaveLength(1);
  await pool.end();
  const again = await openDurable(dir);
  expect((await again.query('SELECT id FROM public.rows WHERE id <> 2')).rows).toEqual([{ id: '1' }]);
  await again.close();
});

test('every row that was acknowledged stands after kill -9, and the files open again', async () => {
  const child = runChild('commit-rows', data);
  for (let i = 1; i <= 30; i++) expect(await child.line()).toBe(String(i));
  const more = (await child.kill()).filter((line) => /^\d+$/.test(line));
  const { queuePool: pool, close } = await openEmbedded({ data, log: silentLog, clock: systemClock });
  const { rows } = await pool.query('SELECT count(*) AS n, max(id) AS last FROM public.rows');
  expect(Number(rows[0].n)).toBe(rows[0].last);
  expect(rows[0].last).toBeGreaterThanOrEqual(30 + more.length);
  await close();
});

test('a first creation that was cut off is thrown away and done again', async () => {
  mkdirSync(join(data, 'db.new', 'base'), { recursive: true });
  writeFileSync(join(data, 'db.new', 'PG_VERSION'), '18\n');
  const database = await openDurable(dir);
  expect((await database.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  await database.close();
  expect(readdirSync(data)).toEqual(['db']);
});

test.each([
  ['damaged', (db: string) => writeFileSync(join(db, 'global', 'pg_control'), 'x')],
  ['without its version', (db: string) => rmSync(join(db, 'PG_VERSION'))],
  ['of another version', (db: string) => writeFileSync(join(db, 'PG_VERSION'), '15\n')],
])('a database that is %s is named with the newest backup beside it, and left alone', async (_, harm) => {
  await (await openDurable(dir)).close();
  harm(dir);
  const before = readdirSync(dir).length;
  mkdirSync(join(data, 'backups'));
  for (const hour of ['07', '08'])
    writeFileSync(join(data, 'backups', `ledger-2026-11-25T${hour}-00-00Z.jsonl.gz`), '');
  const error = await openDurable(dir).catch((e) => e);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toContain(dir);
  expect(error.message).toContain('T08-00-00Z');
  expect(error.message).not.toContain('\n');
  expect(readdirSync(dir).length).toBeGreaterThanOrEqual(before);
  expect(existsSync(join(dir, 'base'))).toBe(true);
});
