/** Writes the logical backup of the ledger, in small steps beside the running work. */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { finished } from 'node:stream/promises';
import { createGzip, type Gzip } from 'node:zlib';
import { type Kysely, type QueryResult, type RawBuilder, sql } from 'kysely';
import { UserError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/tools.ts';
import { syncFolder, syncPath } from '#src/stores/files/sync-path.ts';
import { type BackupFooter, type BackupHeader, backupVersion, rowLine } from '#src/stores/postgres/backup-format.ts';
import { childrenFirst, foreignKeys, type LedgerTable, ledgerTables } from '#src/stores/postgres/ledger-schema.ts';
import { lastMigration } from '#src/stores/postgres/migrate.ts';

/**
 * Writes every table of schema `loa` to `path`, whole or not at all (temporary file, fsync, rename). Each batch is one
 * short statement, not one long transaction, so the one connection is free in between; a table comes before those it
 * refers to, so what a row needs is never older than the row. Gives the rows per table. Throws `UserError` where the
 * folder cannot be made.
 */
export async function writeBackup(db: Kysely<any>, path: string, clock: Clock): Promise<Record<string, number>> {
  const draft = `${path}.tmp`;
  await makeFolder(dirname(path));
  try {
    const rows = await writeDraft(db, draft, clock);
    await syncPath(draft, 'r+');
    await rename(draft, path);
    await syncFolder(dirname(path));
    return rows;
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

/** Not `recursive`: below `/proc` that never comes back, and a mistyped path should not grow folders. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder).catch((error: NodeJS.ErrnoException) => {
    // The root of a file system answers EISDIR or EPERM on some machines; writing there tells more.
    if (error.code === 'EEXIST' || folder === dirname(folder)) return;
    throw new UserError(
      `The backup cannot be written to ${folder}: the folder is not there and cannot be made (${error.code}).`,
      { cause: error },
    );
  });
}

async function writeDraft(db: Kysely<any>, draft: string, clock: Clock): Promise<Record<string, number>> {
  const tables = childrenFirst(await ledgerTables(db), await foreignKeys(db));
  const header: BackupHeader = {
    loaBackup: backupVersion,
    createdAt: new Date(clock.now()).toISOString(),
    migration: await lastMigration(db),
    tables: tables.map((table) => table.name),
  };
  const file = createWriteStream(draft, { mode: 0o600 });
  const gzip = createGzip();
  const done = finished(gzip.pipe(file));
  done.catch(() => {}); // awaited below; a full disk fails the next write first
  const hash = createHash('sha256');
  const put = async (text: string): Promise<void> => {
    hash.update(text);
    await write(gzip, file, text);
  };
  await put(`${JSON.stringify(header)}\n`);
  const rows: Record<string, number> = {};
  for (const table of tables) {
    rows[table.name] = 0;
    for await (const batch of batches(db, table, clock)) {
      rows[table.name] = (rows[table.name] ?? 0) + batch.length;
      await put(batch.map((json) => rowLine(table.name, json)).join(''));
    }
  }
  const footer: BackupFooter = { rows, sha256: hash.digest('hex') };
  gzip.end(`${JSON.stringify(footer)}\n`);
  await done;
  return rows;
}

async function write(gzip: Gzip, file: NodeJS.EventEmitter & { errored: Error | null }, text: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    file.once('error', reject);
    gzip.write(text, () => {
      file.removeListener('error', reject);
      resolve();
    });
  });
  if (file.errored) throw file.errored;
}

/** Rows as JSON text, by primary key; what is written behind the reader's back comes with the next backup. */
async function* batches(db: Kysely<any>, table: LedgerTable, clock: Clock): AsyncGenerator<string[]> {
  const from = sql`${sql.id('loa', table.name)} AS t`;
  if (table.key.length === 0) {
    const all = await sql<{ json: string }>`SELECT to_jsonb(t)::text AS json FROM ${from}`.execute(db);
    if (all.rows.length > 0) yield all.rows.map((row) => row.json);
    return;
  }
  const key = sql.join(table.key.map((column) => sql.ref(`t.${column}`)));
  const last = sql.join(table.key.map((column) => sql`${sql.ref(`t.${column}`)}::text`));
  let after: string[] | null = null;
  for (let size = firstBatch; ; ) {
    const where: RawBuilder<unknown> = after ? sql`WHERE (${key}) > (${sql.join(after)})` : sql``;
    const began = clock.monotonic();
    const { rows }: QueryResult<{ json: string; last: string[] }> = await sql<{ json: string; last: string[] }>`
      SELECT to_jsonb(t)::text AS json, ARRAY[${last}] AS last FROM ${from} ${where}
      ORDER BY ${key} LIMIT ${sql.lit(size)}`.execute(db);
    if (rows.length > 0) yield rows.map((row) => row.json);
    if (rows.length < size) return;
    after = rows.at(-1)?.last ?? null;
    size = nextSize(size, clock.monotonic() - began);
  }
}

const firstBatch = 50;

/** Rows differ in size a thousandfold; a batch is to stay well under the 50 ms that others may have to wait. */
function nextSize(size: number, ms: number): number {
  if (ms > 25) return Math.max(1, Math.floor(size / 2));
  return ms < 8 ? Math.min(1000, size * 2) : size;
}
