/** How a claim ends, and how a row nobody holds moves on. */
import { type Kysely, sql } from 'kysely';
import type { DeliveryState } from '#src/core/delivery.ts';
import type { DeliveryStore, Ending } from '#src/stores/deliveries.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull } from '#src/stores/postgres/values.ts';

/** False when the claim with this fence has ended. */
export async function recordEnding(loa: Kysely<Database>, id: string, fence: number, ending: Ending): Promise<boolean> {
  const { state, now, result } = ending;
  // Stopped at the gate by the channel's pace or switch, the post itself was not tried.
  const tried = result === 'refused at the gate' ? 0 : 1;
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

type Move = Parameters<DeliveryStore['move']>;

/** False when the row is in none of the states named; what is being sent is never moved. */
export async function moveDelivery(loa: Kysely<Database>, ...[id, from, to, change]: Move): Promise<boolean> {
  const states = from.filter((state) => state !== 'sending');
  if (states.length === 0) return false;
  return durably(loa, async (trx) => {
    const row = await trx
      .updateTable('deliveries')
      .set(changeTo(to, change))
      .where('id', '=', id)
      .where('state', 'in', states)
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  });
}

/** Ended rows are never due; one that goes on keeps its time where none is given, one that comes back is due at once. */
function changeTo(state: DeliveryState, { reason, now, dueAt, remote }: Move[3]) {
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
    ...(remote && { remote_id: clean(remote.id), remote_url: cleanOrNull(remote.url) }),
    ...(state === 'sent' && { sent_at: now }),
  };
}
