import { type Kysely, type Selectable, sql } from 'kysely';
import { postingStopped, type Stop } from '#src/core/stop.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database, StopsTable } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull, toMs } from '#src/stores/postgres/values.ts';
import type { SwitchStore } from '#src/stores/switches.ts';

/** The global stop. */
export function createSwitchStore(loa: Kysely<Database>, newId: () => string): SwitchStore {
  return {
    stopped: () => openStop(loa),

    stop({ by, reason, now }) {
      const row = { id: newId(), stopped_at: now, stopped_by: clean(by), reason: cleanOrNull(reason) };
      return durably(loa, async (trx) => {
        for (;;) {
          await trx
            .insertInto('stops')
            .values({ ...row, resumed_at: null, resumed_by: null })
            .onConflict((conflict) => conflict.doNothing())
            .execute();
          const open = await openStop(trx);
          // Another stop stood in the way, and was ended just then: this one is to hold.
          if (open) return open;
        }
      });
    },

    resume({ by, now }) {
      return durably(loa, async (trx) => {
        const row = await trx
          .updateTable('stops')
          .set({ resumed_at: now, resumed_by: clean(by) })
          .where('resumed_at', 'is', null)
          .returningAll()
          .executeTakeFirst();
        if (!row) return null;
        await letGo(trx, toMs(row.stopped_at), now);
        return toStop(row);
      });
    },
  };
}

async function openStop(db: Kysely<Database>): Promise<Stop | null> {
  const row = await db.selectFrom('stops').selectAll().where('resumed_at', 'is', null).executeTakeFirst();
  return row ? toStop(row) : null;
}

/** What was looked at meanwhile waits no longer, and its age counts as if the stop had not been. */
async function letGo(trx: Kysely<Database>, since: number, now: number): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ free_at: sql<number>`free_at + ${now}::bigint - greatest(free_at, ${since}::bigint)` })
    .where('state', 'in', ['waiting', 'retry'])
    .where('free_at', '<', now)
    .execute();
  await trx
    .updateTable('deliveries')
    .set({ due_at: now })
    .where('state', 'in', ['waiting', 'retry'])
    .where('due_at', '>', now)
    .where('reason', 'like', `%${postingStopped}%`)
    .execute();
}

function toStop(row: Selectable<StopsTable>): Stop {
  return { since: toMs(row.stopped_at), by: row.stopped_by, reason: row.reason };
}
