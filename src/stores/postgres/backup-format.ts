/**
 * A backup of the ledger: gzip of JSON lines. First a header, then one line per row, last a footer with the counts and
 * the SHA-256 of every byte before it.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { messageOf, UserError } from '#src/core/errors.ts';

export const backupVersion = 1;

export interface BackupHeader {
  loaBackup: number;
  /** ISO time in UTC. */
  createdAt: string;
  /** The newest migration of the ledger it was made from. */
  migration: string | null;
  tables: string[];
}

export interface BackupFooter {
  rows: Record<string, number>;
  sha256: string;
}

export const rowLine = (table: string, json: string): string => `{"t":${JSON.stringify(table)},"r":${json}}\n`;

/** The row's table and its JSON text, unparsed: a bigint or a long decimal keeps its digits. */
export function splitRow(line: string): { table: string; json: string } {
  const match = /^\{"t":"([^"\\]+)","r":(.*)\}$/s.exec(line);
  if (!match) throw new Error('a line is no row');
  return { table: match[1] as string, json: match[2] as string };
}

/** Reads a backup line by line. Throws a `UserError` where it is cut off, damaged or no backup; the footer is checked last. */
export async function readBackup(
  path: string,
  on: { header(header: BackupHeader): Promise<void>; row(table: string, json: string): Promise<void> },
): Promise<BackupFooter> {
  const hash = createHash('sha256');
  const rows: Record<string, number> = {};
  let header: BackupHeader | undefined;
  let footer: BackupFooter | undefined;
  for await (const line of linesOf(path)) {
    if (footer) throw damaged(path, 'something follows its last line');
    if (!header) {
      header = readHeader(path, line);
      await on.header(header);
    } else if (line.startsWith('{"rows":')) {
      footer = checkFooter(path, line, rows, hash);
      continue;
    } else {
      const { table, json } = splitLine(path, line);
      rows[table] = (rows[table] ?? 0) + 1;
      await on.row(table, json);
    }
    hash.update(`${line}\n`);
  }
  if (!footer) throw damaged(path, 'its last line is missing');
  return footer;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  file.pipe(text);
  // readline hides the stream's error: the loop would end as if the file did.
  let failure: unknown;
  text.on('error', (error) => (failure = error));
  try {
    yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
  } catch (error) {
    failure ??= error;
  } finally {
    file.destroy();
  }
  if (failure) throw damaged(path, messageOf(failure));
}

function readHeader(path: string, line: string): BackupHeader {
  let header: BackupHeader;
  try {
    header = JSON.parse(line) as BackupHeader;
  } catch {
    throw damaged(path, 'it is no backup of Loa');
  }
  if (typeof header?.loaBackup !== 'number' || !Array.isArray(header.tables))
    throw damaged(path, 'it is no backup of Loa');
  if (header.loaBackup > backupVersion) {
    throw new UserError(`The backup ${path} was made by a newer Loa`, { next: 'Restore it with that version.' });
  }
  return header;
}

function splitLine(path: string, line: string): { table: string; json: string } {
  try {
    return splitRow(line);
  } catch (cause) {
    throw damaged(path, messageOf(cause));
  }
}

function checkFooter(path: string, line: string, rows: Record<string, number>, hash: Hash): BackupFooter {
  const footer = JSON.parse(line) as BackupFooter;
  if (footer.sha256 !== hash.digest('hex')) throw damaged(path, 'its checksum does not match');
  for (const [table, count] of Object.entries(footer.rows)) {
    if ((rows[table] ?? 0) !== count) throw damaged(path, `rows of ${table} are missing`);
  }
  return footer;
}

function damaged(path: string, why: string): UserError {
  return new UserError(`The backup ${path} cannot be used: ${why}`, {
    next: 'Take the one before it in data/backups.',
  });
}
