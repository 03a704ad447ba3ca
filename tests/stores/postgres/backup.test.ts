import { readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { PGlite } from '@electric-sql/pglite';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { Kysely, PostgresDialect, sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import { writeBackup } from '#src/stores/postgres/backup.ts';
import { backupName, newestBackup, pruneBackups } from '#src/stores/postgres/backup-files.ts';
import { migrate } from '#src/stores/postgres/migrate.ts';
import { migrations } from '#src/stores/postgres/migrations.ts';
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';
import { restoreBackup } from '#src/stores/postgres/restore.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

const clock = manualClock();
let folder: string;
let path: string;
let db: Kysely<any>;
let pool: PglitePool;
let migrated: string | null = null;

const bigText = 'Chợ nổi họp từ ba giờ sáng. '.repeat(50);

beforeAll(async () => {
  pool = new PglitePool(await PGlite.create({ loadDataDir: await dataDir() }));
  db = new Kysely<any>({ dialect: new PostgresDialect({ pool: pool as never }) });
  folder = await mkdtemp(join(tmpdir(), 'loa-backup-'));
});

afterAll(async () => {
  await pool.end();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await emptied();
  path = join(folder, `${Math.random()}.jsonl.gz`);
});

/** As migrated; anew only after a test that changed the schema itself. */
async function emptied(): Promise<void> {
  const tables = await columns();
  if (migrated !== null && tables === migrated) {
    const names = [...new Set(tables.match(/\bloa\.\w+/g))].filter((name) => !name.includes('kysely'));
    await sql.raw(`TRUNCATE ${names.join()} RESTART IDENTITY`).execute(db);
    return;
  }
  await sql`DROP SCHEMA IF EXISTS loa CASCADE`.execute(db);
  await migrate(db, {
    ...migrations,
    // A table this code has never heard of, with what is hard: a sequence, a generated column, bytes, moments, no key.
    '900-odd': {
      async up(trx) {
        await sql`CREATE TABLE loa.odd (id int GENERATED ALWAYS AS IDENTITY, big bigint, n numeric, bytes bytea,
          at timestamptz, words text[], twice bigint GENERATED ALWAYS AS (big * 2) STORED, parent int)`.execute(trx);
      },
    },
  });
  migrated = await columns();
}

async function columns(): Promise<string> {
  const { rows } = await sql<{ name: string }>`SELECT concat_ws(' ', 'loa.' || table_name, column_name) AS name
    FROM information_schema.columns WHERE table_schema = 'loa' ORDER BY 1`.execute(db);
  return rows.map(({ name }) => name).join('\n');
}

async function fill(): Promise<void> {
  await sql`INSERT INTO loa.articles SELECT 'a' || i, 'e' || i, 'portal', 'live', false, 1, 1, 1, 9007199254740993, null
    FROM generate_series(0, 229) i`.execute(db);
  await sql`INSERT INTO loa.revisions SELECT 'a' || i, 1, jsonb_build_object('text', ${bigText} || E'\\n"' || i || '" ảnh 📰'),
    'h', '[]', 1, null, null, '[]', 'vi' FROM generate_series(0, 229) i`.execute(db);
  for (const [i, state] of ['waiting', 'sending', 'retry', 'sent', 'skipped'].entries()) {
    await sql`INSERT INTO loa.deliveries (id, article_id, channel_id, op, revision, key, state, not_before, created_at, updated_at, attempts, fence)
      VALUES (${`d${i}`}, ${`a${i}`}, 'board', 'create', 1, ${`k${i}`}, ${state}, 1, 1, 1, 0, 0)`.execute(db);
  }
  await sql`INSERT INTO loa.sources VALUES ('portal', '{}', 5, 5, 5, 6, 0, null)`.execute(db);
  await sql`INSERT INTO loa.odd (big, n, bytes, at, words) VALUES (9007199254740993, 0.10, '\\x00ff', '2026-11-25T08:00:00.123456Z', '{a,"b,c",NULL}')`.execute(
    db,
  );
}

const dump = async (table: string) =>
  (await sql<{ j: string }>`SELECT to_jsonb(t)::text AS j FROM ${sql.id('loa', table)} t ORDER BY 1`.execute(db)).rows;

test('a restored ledger holds the same rows, and nothing unsent goes without a person', async () => {
  await fill();
  const tables = ['articles', 'revisions', 'odd'];
  const before = await Promise.all(tables.map(dump));
  const rows = await writeBackup(db, path, clock);
  expect(rows).toMatchObject({ articles: 230, revisions: 230, deliveries: 5, odd: 1 });
  await emptied();
  expect(await restoreBackup(db, path, clock)).toEqual(rows);
  expect(await Promise.all(tables.map(dump))).toEqual(before);
  const deliveries = await sql`SELECT state, reason FROM loa.deliveries ORDER BY id`.execute(db);
  const parked = { state: 'parked', reason: 'restored from a backup: a person decides' };
  const kept = ['sent', 'skipped'].map((state) => ({ state, reason: null }));
  expect(deliveries.rows).toEqual([parked, parked, parked, ...kept]);
  expect((await sql`SELECT baseline_at FROM loa.sources`.execute(db)).rows).toEqual([{ baseline_at: null }]);
  const next = await sql<{ id: number }>`INSERT INTO loa.odd (big) VALUES (1) RETURNING id`.execute(db);
  expect(next.rows[0]?.id).toBe(2);
  const orphan = sql`INSERT INTO loa.article_keys VALUES ('portal', 'x', 'nobody')`.execute(db);
  await expect(orphan).rejects.toThrow('foreign key');
});

test('nobody is signed in by a backup, and whoever is stays it while one is restored', async () => {
  await fill();
  await sql`INSERT INTO loa.sign_in_links VALUES ('l1', 5)`.execute(db);
  await sql`INSERT INTO loa.sessions VALUES ('s1', 1, 1, 5)`.execute(db);
  const rows = await writeBackup(db, path, clock);
  expect(Object.keys(rows)).not.toContain('sessions');
  expect(gunzipSync(readFileSync(path)).toString()).not.toMatch(/sessions|sign_in_links/);
  await emptied();
  await sql`INSERT INTO loa.sessions VALUES ('s2', 1, 1, 5)`.execute(db);
  await restoreBackup(db, path, clock);
  expect((await sql`SELECT hash FROM loa.sessions`.execute(db)).rows).toEqual([{ hash: 's2' }]);
});

test('rows that change while the backup runs do not spoil it', async () => {
  await fill();
  const meddled = {
    ...clock,
    monotonic() {
      void meddle().catch(() => {});
      return clock.monotonic();
    },
  };
  let turn = 0;
  const meddle = async () => {
    const id = `new${turn++}`;
    await sql`INSERT INTO loa.articles VALUES (${id}, ${id}, 'portal', 'live', false, 1, 1, 1, 1, null)`.execute(db);
    await sql`INSERT INTO loa.article_keys VALUES ('portal', ${id}, ${id})`.execute(db);
    await sql`DELETE FROM loa.revisions WHERE article_id = ${`a${200 + turn}`}`.execute(db);
  };
  await writeBackup(db, path, meddled);
  await emptied();
  expect((await restoreBackup(db, path, clock))['articles']).toBeGreaterThanOrEqual(230);
});

test('a ledger that holds anything is left as it is', async () => {
  await fill();
  await writeBackup(db, path, clock);
  await expect(restoreBackup(db, path, clock)).rejects.toThrow(UserError);
  expect(await dump('articles')).toHaveLength(230);
});

test.each([
  ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40)],
  ['changed', (bytes: Buffer) => gzipSync(gunzipSync(bytes).toString().replace('Chợ nổi', 'Chợ đêm'))],
  [
    'without its last line',
    (bytes: Buffer) =>
      gzipSync(
        gunzipSync(bytes)
          .toString()
          .replace(/\{"rows".*\n$/, ''),
      ),
  ],
  ['longer than it was', (bytes: Buffer) => gzipSync(`${gunzipSync(bytes)}{"t":"articles","r":{}}\n`)],
  ['something else', () => gzipSync('hello\n')],
  ['no gzip', () => Buffer.from('hello')],
  ['empty', () => Buffer.alloc(0)],
])('a backup that is %s is refused and leaves the ledger empty', async (_, harm) => {
  await fill();
  await writeBackup(db, path, clock);
  await emptied();
  writeFileSync(path, harm(readFileSync(path)));
  const error = await restoreBackup(db, path, clock).catch((e) => e);
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toContain(path);
  expect(await dump('articles')).toHaveLength(0);
});

test('a backup with a table that is unknown here was made by a newer Loa', async () => {
  await writeBackup(db, path, clock);
  await sql`DROP TABLE loa.odd`.execute(db);
  await expect(restoreBackup(db, path, clock)).rejects.toThrow('a newer one made it');
});

test('a backup that fails leaves no file, and one that is not there is named', async () => {
  await sql`ALTER TABLE loa.odd ADD COLUMN bad int GENERATED ALWAYS AS (1) STORED`.execute(db);
  const failing = {
    ...clock,
    monotonic: () => {
      throw new Error('no time');
    },
  };
  await fill();
  await expect(writeBackup(db, path, failing)).rejects.toThrow('no time');
  expect((await readdir(folder)).filter((name) => path.endsWith(name.replace('.tmp', '')))).toEqual([]);
  await emptied();
  await expect(restoreBackup(db, join(folder, 'none.gz'), clock)).rejects.toThrow('none.gz');
});

test('old backups are dropped, the newest never', async () => {
  const dir = await mkdtemp(join(folder, 'old-'));
  const day = 86_400_000;
  const now = clock.now();
  for (const age of [0.5, 3, 20, 30]) writeFileSync(join(dir, backupName(now - age * day)), '');
  writeFileSync(join(dir, 'notes.txt'), '');
  expect(newestBackup(dir)).toBe(join(dir, backupName(now - day / 2)));
  expect(pruneBackups(dir, 14 * day, now)).toHaveLength(2);
  expect(pruneBackups(dir, 0, now + 99 * day)).toHaveLength(1);
  expect(await readdir(dir)).toHaveLength(2);
  expect(newestBackup(join(dir, 'nowhere'))).toBeNull();
});

test('a folder that cannot be made is named at once', async () => {
  const missing = join(folder, 'no', 'such', 'copy.gz');
  await expect(writeBackup(db, missing, clock)).rejects.toThrow(UserError);
  await expect(writeBackup(db, missing, clock)).rejects.toThrow('cannot be written to');
  expect(await readdir(folder)).not.toContain('no');
});
