/** How a claim ends, and how a row nobody holds moves on. */
import { type Kysely, sql } from 'kysely';
import type { DeliveryState } from '#src/core/delivery.ts';
import type { Change, DeliveryStore, Ending } from '#src/stores/deliveries.ts';
import { wakeSkipped } from '#src/stores/postgres/delivery-skips.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull } from '#src/stores/postgres/values.ts';

/** Stopped at the gate by the channel's pace or switch, or only looked for, the post itself was not tried. */
const noTries = ['refused at the gate', 'looked', 'not looked'];

/** False when the claim with this fence has ended. */
export async function recordEnding(loa: Kysely<Database>, id: string, fence: number, ending: Ending): Promise<boolean> {
  const { state, now, result } = ending;
  const tried = noTries.includes(result) ? 0 : 1;
  return durably(loa, async (trx) => {
    const row = await trx
      .updateTable('deliveries')
      .set((eb) => ({
        ...changeTo(state, ending),
        attempts: eb('attempts', '+', tried),
      }))
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where('state', '=', 'sending')
      .$if(ending.leaseUntil !== undefined, (query) => query.where('lease_until', '=', ending.leaseUntil ?? 0))
      .returning('id')
      .executeTakeFirst();
    if (!row) return false;
    await trx
      .updateTable('attempts')
      .set({ ended_at: now, result: clean(result), detail: cleanOrNull(ending.detail ?? ending.reason) })
      .where('delivery_id', '=', id)
      .where('number', '=', fence)
      .execute();
    return true;
  });
}

/** False when the claim with this fence has ended, or its time was over. */
export async function renewClaim(
  loa: Kysely<Database>,
  ...[id, fence, now, leaseUntil, atGate = false]: Parameters<DeliveryStore['renew']>
): Promise<boolean> {
  return durably(loa, async (trx) => {
    const row = await trx
      .updateTable('deliveries')
      .set({ lease_until: leaseUntil })
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where('state', '=', 'sending')
      // Whoever settles what a dead worker left behind counts on it: a claim that is over never comes back to life.
      .where('lease_until', '>', now)
      .returning('id')
      .executeTakeFirst();
    if (!row) return false;
    if (!atGate) return true;
    await trx
      .updateTable('attempts')
      .set({ result: 'sending' })
      .where('delivery_id', '=', id)
      .where('number', '=', fence)
      .execute();
    return true;
  });
}

/** What is still being settled goes on: only what had come to an end can be judged. */
const judgedNow = sql<number>`case when state in ('waiting', 'retry') then judged else fence end`;

const preparedAgain = sql<null>`case when state in ('waiting', 'retry') then prepared end`;

type Move = Parameters<DeliveryStore['move']>;

/** False when the row is in none of the states named; what is being sent is never moved. */
export async function moveDelivery(loa: Kysely<Database>, ...[id, from, to, change]: Move): Promise<boolean> {
  const states = from.filter((state) => state !== 'sending');
  if (states.length === 0) return false;
  return durably(loa, async (trx) => {
    const row = await trx
      .updateTable('deliveries')
      .set(() => ({
        ...changeTo(to, change),
        ...(change.judged && { judged: judgedNow }),
        ...(change.prepareAgain && { prepared: preparedAgain }),
        ...(change.composeAgain && { post: null, prepared: null }),
      }))
      .where('id', '=', id)
      .where('state', 'in', states)
      .$if(change.fence !== undefined, (query) => query.where('fence', '=', change.fence ?? 0))
      .returning(['op', 'article_id', 'channel_id', 'part'])
      .executeTakeFirst();
    if (!row) return false;
    const isByPerson = change.judged || change.remote !== undefined;
    if (row.op === 'create' && isByPerson) await wakeSkipped(trx, row, change.now);
    return true;
  });
}

/** Ended rows are never due; one that goes on keeps its time where none is given, one that comes back is due at once. */
function changeTo(state: DeliveryState, { reason, now, dueAt, remote }: Change) {
  const goesOn = state === 'waiting' || state === 'retry';
  const kept = sql<number | null>`case when state in ('waiting', 'retry') then due_at else ${now}::bigint end`;
  const time = dueAt === undefined ? kept : sql<number | null>`${dueAt}::bigint`;
  return {
    state,
    reason: cleanOrNull(reason),
    updated_at: now,
    lease_until: null,
    due_at: goesOn ? time : null,
    // Approved by a person, it is free before its time.
    ...(goesOn && { free_at: sql<number | null>`least(free_at, ${time})` }),
    // What is to go again is not the post that was found there.
    ...(goesOn && { remote_id: null, remote_url: null }),
    ...(remote && { remote_id: clean(remote.id), remote_url: cleanOrNull(remote.url) }),
    ...(state === 'sent' && { sent_at: now }),
  };
}
