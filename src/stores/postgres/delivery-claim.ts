/** Who sends: one conditional UPDATE says it, and a fence that grows with every claim. */
import type { Kysely } from 'kysely';
import type { Delivery } from '#src/core/delivery.ts';
import type { Claim } from '#src/stores/deliveries.ts';
import { selectClaimable } from '#src/stores/postgres/delivery-due.ts';
import { toDelivery } from '#src/stores/postgres/delivery-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';

/** Null when it is not to be had; an edit or a withdrawal without a post to act on is `skipped` on the way. */
export async function claimDelivery(
  loa: Kysely<Database>,
  id: string,
  now: number,
  leaseUntil: number,
): Promise<Claim | null> {
  return durably(loa, async (trx) => {
    const row = await selectClaimable(trx, now)
      .selectAll('deliveries')
      .where('deliveries.id', '=', id)
      .executeTakeFirst();
    if (!row) return null;
    const delivery = toDelivery(row);
    if (delivery.op === 'create') return take(trx, delivery, { create: null, now, leaseUntil });
    const create = await findCreate(trx, delivery);
    if (create?.state === 'sent') return take(trx, delivery, { create, now, leaseUntil });
    await skip(trx, delivery, create, now);
    return null;
  });
}

async function findCreate(trx: Kysely<Database>, { articleId, channelId }: Delivery): Promise<Delivery | null> {
  const row = await trx
    .selectFrom('deliveries')
    .selectAll()
    .where('article_id', '=', articleId)
    .where('channel_id', '=', channelId)
    .where('op', '=', 'create')
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

async function take(
  trx: Kysely<Database>,
  { id, fence }: Delivery,
  { create, now, leaseUntil }: { create: Delivery | null; now: number; leaseUntil: number },
): Promise<Claim | null> {
  const row = await trx
    .updateTable('deliveries')
    .set({ state: 'sending', fence: fence + 1, lease_until: leaseUntil, updated_at: now })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('state', 'in', ['waiting', 'retry'])
    .where('due_at', '<=', now)
    .returningAll()
    .executeTakeFirst();
  if (!row) return null;
  await trx
    .insertInto('attempts')
    .values({ delivery_id: id, number: row.fence, started_at: now, ended_at: null, result: null, detail: null })
    .execute();
  return { delivery: toDelivery(row), create };
}

async function skip(trx: Kysely<Database>, delivery: Delivery, create: Delivery | null, now: number): Promise<void> {
  const aim = delivery.op === 'edit' ? 'correct' : 'take back';
  const why = create ? `its post was never sent (${create.state})` : 'it was never posted there';
  await trx
    .updateTable('deliveries')
    .set({ state: 'skipped', reason: `nothing to ${aim}: ${why}`, due_at: null, updated_at: now })
    .where('id', '=', delivery.id)
    .where('fence', '=', delivery.fence)
    .where('state', 'in', ['waiting', 'retry'])
    .execute();
}
