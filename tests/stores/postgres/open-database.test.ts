import { mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { lastMigration, migrate } from '#src/stores/postgres/migrate.ts';
import { openEmbedded } from '#src/stores/postgres/open-embedded.ts';
import { silentLog } from '#tests/fakes/log.ts';

let data: string;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'loa-open-'));
});

afterEach(() => rm(data, { recursive: true, force: true }));

const open = () => openEmbedded({ data, log: silentLog, clock: systemClock, waitMs: 0 });
const table = (name: string) => ({
  up: async (db: any) => {
    await sql`CREATE TABLE ${sql.id('loa', name)} (id int)`.execute(db);
  },
});

test('it opens, keeps what was written, refuses a second opening, and opens again', async () => {
  const first = await open();
  await expect(open()).rejects.toThrow('in use');
  expect(await migrate(first.db, { '001-a': table('a') })).toEqual(['001-a']);
  await durably(first.db, (trx) => sql`INSERT INTO loa.a VALUES (1)`.execute(trx));
  expect(await first.maintain()).toEqual({ vacuumed: 0, checkpointed: false });
  await first.close();

  const second = await open();
  expect(await migrate(second.db, { '001-a': table('a'), '002-b': table('b') })).toEqual(['002-b']);
  expect(await lastMigration(second.db)).toBe('002-b');
  expect((await sql`SELECT * FROM loa.a`.execute(second.db)).rows).toEqual([{ id: 1 }]);
  const newer = await migrate(second.db, { '001-a': table('a') }).catch((e) => e);
  expect(newer).toBeInstanceOf(UserError);
  expect(newer.message).toContain('made by a newer Loa');
  const failing = { '001-a': table('a'), '002-b': table('b'), '003-c': table('c'), '004-d': table('c') };
  await expect(migrate(second.db, failing)).rejects.toThrow('004-d');
  expect(await lastMigration(second.db)).toBe('002-b');
  await second.close();
});

test('a database that does not open gives the lock back', async () => {
  mkdirSync(join(data, 'db'));
  writeFileSync(join(data, 'db', 'something'), '');
  await expect(open()).rejects.toThrow('does not open');
  await expect(open()).rejects.toThrow('does not open');
});
