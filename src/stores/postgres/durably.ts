/** Ledger transactions: on the disk when they return. */
import { type Kysely, sql, type Transaction } from 'kysely';
import { insideTransaction } from '#src/stores/postgres/open-transaction.ts';

/**
 * One transaction that is fsynced when this resolves. Nothing that waits (network, files, another process) may happen
 * in `work`: on the embedded database everybody else waits with it, and a query past `trx` is refused. Where a server
 * broke it off in favour of another one it is done again, so `work` may do nothing but query.
 */
export async function durably<DB, T>(db: Kysely<DB>, work: (trx: Transaction<DB>) => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await once(db, work);
    } catch (error) {
      if (tries === mostTries || !brokenOff.has((error as { code?: string }).code ?? '')) throw error;
    }
  }
}

/** Deadlock, serialization failure: nothing of it was kept, and the other one is through by now. */
const brokenOff = new Set(['40P01', '40001']);
const mostTries = 5;

function once<DB, T>(db: Kysely<DB>, work: (trx: Transaction<DB>) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`SET LOCAL synchronous_commit = on`.execute(trx);
    return insideTransaction(() => work(trx));
  });
}
