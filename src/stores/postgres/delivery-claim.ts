/** Who sends: one conditional UPDATE says it, and a fence that grows with every claim. */
import type { Kysely } from 'kysely';
import { type Delivery, isByHand } from '#src/core/delivery.ts';
import type { Busy, Claim, ClaimAim } from '#src/stores/deliveries.ts';
import { lockChannel } from '#src/stores/postgres/channel-store.ts';
import { selectClaimable } from '#src/stores/postgres/delivery-due.ts';
import { toDelivery } from '#src/stores/postgres/delivery-rows.ts';
import { skipWithoutPost } from '#src/stores/postgres/delivery-skips.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toMs } from '#src/stores/postgres/values.ts';

/** Null when it is not to be had; an edit or a withdrawal without a post to act on is `skipped` on the way. */
export async function claimDelivery(
  loa: Kysely<Database>,
  id: string,
  now: number,
  leaseUntil: number,
  aim: ClaimAim = 'send',
  fence?: number,
): Promise<Claim | null> {
  return durably(loa, async (trx) => {
    const delivery = await findClaimable(trx, id, now, { aim, fence });
    return delivery && takeOrSkip(trx, delivery, { now, leaseUntil, aim });
  });
}

/** The same, and no create is taken while another one of its channel is under way. */
export async function claimAlone(
  loa: Kysely<Database>,
  id: string,
  now: number,
  leaseUntil: number,
  fence?: number,
): Promise<Claim | Busy | null> {
  return durably(loa, async (trx) => {
    const delivery = await findClaimable(trx, id, now, { aim: 'send', fence });
    if (!delivery) return null;
    if (delivery.op === 'create') {
      // The channel before its deliveries, and nobody takes them the other way round: no two wait for each other.
      await lockChannel(trx, delivery.channelId, now);
      // Asked only now, with the lock held: it sees what the one before wrote.
      const busyUntil = await findOther(trx, delivery, now);
      if (busyUntil !== null) return { busyUntil };
    }
    return takeOrSkip(trx, delivery, { now, leaseUntil, aim: 'send' });
  });
}

async function findClaimable(
  trx: Kysely<Database>,
  id: string,
  now: number,
  { aim, fence }: { aim: ClaimAim; fence: number | undefined },
): Promise<Delivery | null> {
  const row = await selectClaimable(trx, now, aim)
    .selectAll('deliveries')
    .where('deliveries.id', '=', id)
    .$if(fence !== undefined, (query) => query.where('deliveries.fence', '=', fence ?? 0))
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

/**
 * Until when a worker that lives may be sending another article's create; a dead one's lease ends by itself. What goes to
 * each reader of one article is one post to the pace.
 */
async function findOther(
  trx: Kysely<Database>,
  { articleId, channelId }: Delivery,
  now: number,
): Promise<number | null> {
  const other = await trx
    .selectFrom('deliveries')
    .select('lease_until')
    .where('channel_id', '=', channelId)
    .where('state', '=', 'sending')
    .where('op', '=', 'create')
    .where('article_id', '<>', articleId)
    .where('lease_until', '>', now)
    .orderBy('lease_until', 'desc')
    .limit(1)
    .executeTakeFirst();
  return other?.lease_until == null ? null : toMs(other.lease_until);
}

interface Taking {
  now: number;
  leaseUntil: number;
  aim: ClaimAim;
}

async function takeOrSkip(trx: Kysely<Database>, delivery: Delivery, taking: Taking): Promise<Claim | null> {
  const { now } = taking;
  if (delivery.op === 'create') return take(trx, delivery, null, taking);
  const create = await findCreate(trx, delivery);
  if (create && (create.state === 'sent' || isByHand(create))) return take(trx, delivery, create, taking);
  await skipWithoutPost(trx, delivery, create, now);
  return null;
}

async function findCreate(trx: Kysely<Database>, { articleId, channelId, part }: Delivery): Promise<Delivery | null> {
  const row = await trx
    .selectFrom('deliveries')
    .selectAll()
    .where('article_id', '=', articleId)
    .where('channel_id', '=', channelId)
    .where('part', '=', part)
    .where('op', '=', 'create')
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

async function take(
  trx: Kysely<Database>,
  { id, fence }: Delivery,
  create: Delivery | null,
  { now, leaseUntil, aim }: Taking,
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
  // A worker that dies while it only looks leaves no doubt behind.
  const result = aim === 'look' ? 'looked' : null;
  await trx
    .insertInto('attempts')
    .values({ delivery_id: id, number: row.fence, started_at: now, ended_at: null, result, detail: null })
    .execute();
  return { delivery: toDelivery(row), create };
}
