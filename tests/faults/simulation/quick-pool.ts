/** The embedded database for many thousands of statements: each is one message, its values written into it. */
import { PglitePool } from '#src/stores/postgres/pglite-pool.ts';

const answered = { rows: [], rowCount: 0, command: 'SET' };

export class QuickPool extends PglitePool {
  override run(text: string, params: readonly unknown[] = []) {
    // In memory every commit is as durable as any other.
    if (text.startsWith('SET LOCAL synchronous_commit')) return Promise.resolve(answered);
    return super.run(params.length === 0 ? text : text.replace(/\$(\d+)/g, (_, n) => literal(params[Number(n) - 1])));
  }
}

/** Without a type of its own, as a parameter has none. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return quoted(value.toISOString());
  if (Array.isArray(value)) return quoted(`{${value.map((one) => JSON.stringify(String(one))).join(',')}}`);
  if (value instanceof Uint8Array) return quoted(`\\x${Buffer.from(value).toString('hex')}`);
  return quoted(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
