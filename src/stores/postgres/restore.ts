/** Reads a backup into an empty ledger. Nothing that was unsent is sent without a person. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { restoredFromBackup } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/tools.ts';
import { type BackupHeader, readBackup } from '#src/stores/postgres/backup-format.ts';
import { fillMarks } from '#src/stores/postgres/fill-marks.ts';
import { type ForeignKey, foreignKeys, type LedgerTable, ledgerTables } from '#src/stores/postgres/ledger-schema.ts';

/**
 * Restores the backup at `path` into an empty, migrated ledger, in one transaction that ends after the checksum was
 * right. Throws a `UserError` when the ledger holds anything, or the backup is damaged or newer than this Loa. Gives
 * the rows per table.
 */
export async function restoreBackup(db: Kysely<any>, path: string, clock: Clock): Promise<Record<string, number>> {
  return db.transaction().execute(async (trx) => {
    await sql`SET LOCAL synchronous_commit = on`.execute(trx);
    // Keys of a large ledger are checked longer than any other statement may take.
    await sql`SET LOCAL statement_timeout = 0`.execute(trx);
    const tables = new Map((await ledgerTables(trx)).map((table) => [table.name, table]));
    await refuseFilled(trx, [...tables.values()]);
    const keys = await foreignKeys(trx);
    for (const key of keys) {
      await sql`ALTER TABLE ${id(key.table)} DROP CONSTRAINT ${sql.id(key.name)}`.execute(trx);
    }
    const { rows } = await fill(trx, path, tables);
    await dropOrphans(trx, keys);
    for (const key of keys) {
      await sql`ALTER TABLE ${id(key.table)} ADD CONSTRAINT ${sql.id(key.name)} ${sql.raw(key.definition)}`.execute(
        trx,
      );
    }
    await setSequences(trx);
    await baseline(trx, clock.now());
    // A backup from before there were marks.
    await fillMarks(trx.withSchema('loa'));
    return rows;
  });
}

const id = (table: string) => sql.id('loa', table);

async function refuseFilled(trx: Transaction<any>, tables: LedgerTable[]): Promise<void> {
  for (const table of tables) {
    const { rows } = await sql`SELECT 1 FROM ${id(table.name)} LIMIT 1`.execute(trx);
    if (rows.length > 0) {
      throw new UserError(
        `The ledger already holds something (in its table ${table.name}); a backup is restored into an empty one`,
        {
          next: 'Name a new folder with `data:` in the settings, or an empty database with `database:`, and restore there.',
        },
      );
    }
  }
}

async function fill(trx: Transaction<any>, path: string, tables: Map<string, LedgerTable>) {
  let batch: { table: LedgerTable; rows: string[]; bytes: number } | undefined;
  const flush = async (): Promise<void> => {
    if (batch) await insert(trx, batch.table, batch.rows);
    batch = undefined;
  };
  const footer = await readBackup(path, {
    header: async (header) => refuseUnknown(path, header, tables),
    row: async (name, json) => {
      const table = tables.get(name);
      if (!table) throw unknownTable(path, name);
      if (batch && (batch.table !== table || batch.bytes > mostBytes || batch.rows.length >= mostRows)) await flush();
      batch ??= { table, rows: [], bytes: 0 };
      batch.rows.push(json);
      batch.bytes += json.length;
    },
  });
  await flush();
  return footer;
}

const mostBytes = 1_000_000;
const mostRows = 500;

function refuseUnknown(path: string, header: BackupHeader, tables: Map<string, LedgerTable>): void {
  for (const name of header.tables) if (!tables.has(name)) throw unknownTable(path, name);
}

function unknownTable(path: string, name: string): UserError {
  return new UserError(`The backup ${path} holds a table ${name} that this Loa does not know: a newer one made it`, {
    next: 'Restore it with that version.',
  });
}

/**
 * PostgreSQL reads the JSON itself, so that no value passes through JavaScript's numbers. Columns that the backup does
 * not have yet take their defaults. A row that was moved while the backup ran may come twice: the first one stays.
 */
async function insert(trx: Transaction<any>, table: LedgerTable, rows: string[]): Promise<void> {
  const given = new Set(Object.keys(JSON.parse(rows[0] as string) as object));
  const columns = table.columns.filter((column) => given.has(column));
  const list = sql.join(columns.map((column) => sql.id(column)));
  await sql`INSERT INTO ${id(table.name)} (${list}) OVERRIDING SYSTEM VALUE
    SELECT ${list} FROM jsonb_populate_recordset(NULL::${id(table.name)}, ${`[${rows.join(',')}]`}::jsonb)
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** Rows whose parent was removed while the backup ran, until none is left. */
async function dropOrphans(trx: Transaction<any>, keys: ForeignKey[]): Promise<void> {
  for (let dropped = 1n; dropped > 0n; ) {
    dropped = 0n;
    for (const key of keys) {
      const set = sql.join(
        key.columns.map((c) => sql`t.${sql.id(c)} IS NOT NULL`),
        sql` AND `,
      );
      const same = sql.join(
        key.columns.map((c, i) => sql`p.${sql.id(key.parentColumns[i] as string)} = t.${sql.id(c)}`),
        sql` AND `,
      );
      const { numAffectedRows } = await sql`DELETE FROM ${id(key.table)} AS t
        WHERE ${set} AND NOT EXISTS (SELECT 1 FROM ${id(key.parent)} AS p WHERE ${same})`.execute(trx);
      dropped += numAffectedRows ?? 0n;
    }
  }
}

async function setSequences(trx: Transaction<any>): Promise<void> {
  const { rows } = await sql<{ table: string; column: string; sequence: string }>`
    SELECT table_name AS "table", column_name AS "column",
           pg_get_serial_sequence(format('%I.%I', table_schema, table_name), column_name) AS sequence
      FROM information_schema.columns WHERE table_schema = 'loa'`.execute(trx);
  for (const { table, column, sequence } of rows) {
    if (!sequence) continue;
    await sql`SELECT setval(${sequence}::regclass, (SELECT coalesce(max(${sql.id(column)}), 0) + 1 FROM ${id(table)}), false)`.execute(
      trx,
    );
  }
}

/**
 * The world went on after the backup: what stood as unsent in it may have been sent since, and what a source shows as
 * new may have been posted. Deliveries wait for a person; the next poll of each source, what was found and not read
 * yet, and each channel begin anew, so that nothing they meet is posted by itself.
 */
async function baseline(trx: Transaction<any>, now: number): Promise<void> {
  await sql`UPDATE loa.deliveries SET state = 'parked', reason = ${restoredFromBackup},
    lease_until = NULL, fence = fence + 1, updated_at = ${now} WHERE state IN ('waiting', 'sending', 'retry')`.execute(
    trx,
  );
  await sql`UPDATE loa.sources SET baseline_at = NULL`.execute(trx);
  await sql`UPDATE loa.readings SET baseline = true WHERE state IN ('due', 'held')`.execute(trx);
  await sql`UPDATE loa.channels SET since = ${now}`.execute(trx);
}
