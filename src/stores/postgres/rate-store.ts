import { type Kysely, sql } from 'kysely';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toMs } from '#src/stores/postgres/values.ts';
import type { Bucket, RateStore } from '#src/stores/rates.ts';

/** What is left in each bucket, and when that was so. */
export function createRateStore(loa: Kysely<Database>): RateStore {
  return {
    take: (buckets, now) =>
      durably(loa, async (trx) => {
        // In one order for all, so that no two wait for each other.
        const asked = [...buckets].sort((a, b) => (a.account < b.account ? -1 : 1));
        const left: number[] = [];
        for (const bucket of asked) left.push(await unitsIn(trx, bucket, now));
        const waits = asked.map((bucket, index) => waitFor(bucket, left[index]!));
        const longest = Math.max(0, ...waits);
        if (longest > 0) return now + longest;
        for (const [index, bucket] of asked.entries()) {
          const units = left[index]! - Math.min(bucket.cost, bucket.units);
          await trx.updateTable('rates').set({ units, at: now }).where('account', '=', bucket.account).execute();
        }
        return null;
      }),
  };
}

/** Milliseconds by which the clocks of machines may differ. */
const mostSkew = 10 * 60_000;

/** Locks the bucket; a new one is full. */
async function unitsIn(trx: Kysely<Database>, { account, units, per }: Bucket, now: number): Promise<number> {
  await trx
    .insertInto('rates')
    .values({ account, units, at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await trx
    .selectFrom('rates')
    .select(['at', sql<number>`units`.as('units')])
    .where('account', '=', account)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const at = toMs(row.at);
  // Set back, the clock begins again with what is left; clocks of several machines that differ a little give nothing away.
  if (at - now > mostSkew) await trx.updateTable('rates').set({ at: now }).where('account', '=', account).execute();
  const passed = Math.max(0, now - at);
  return Math.min(units, row.units + (passed * units) / per);
}

/** Milliseconds until there is enough. */
function waitFor({ units, per, cost }: Bucket, left: number): number {
  const missing = Math.min(cost, units) - left;
  return missing <= 1e-9 ? 0 : Math.ceil((missing * per) / units);
}
