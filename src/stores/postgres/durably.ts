/** Ledger transactions: on the disk when they return. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { insideTransaction } from '#src/stores/postgres/open-transaction.ts';

/**
 * One transaction that is fsynced when this resolves. Nothing that waits (network, files, another process) may happen
 * in `work`: on the embedded database everybody else waits with it, and a query past `trx` is refused.
 */
export function durably<DB, T>(db: Kysely<DB>, work: (trx: Transaction<DB>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`SET LOCAL synchronous_commit = on`.execute(trx);
    return insideTransaction(() => work(trx));
  });
}
