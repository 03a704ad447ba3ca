/** Corrections and withdrawals without a post to act on: they end, and go on should the post come after all. */
import { type Kysely, sql } from 'kysely';
import type { Delivery } from '#src/core/delivery.ts';
import type { Database } from '#src/stores/postgres/tables.ts';

const nothing = 'nothing to ';

/** `create` is known not to stand, or there is none. */
export async function skipWithoutPost(
  trx: Kysely<Database>,
  delivery: Delivery,
  create: Delivery | null,
  now: number,
): Promise<void> {
  const aim = delivery.op === 'edit' ? 'correct' : 'take back';
  const why = create ? `no post of it is known (${create.state})` : 'it was never posted there';
  await trx
    .updateTable('deliveries')
    .set({ state: 'skipped', reason: `${nothing}${aim}: ${why}`, due_at: null, updated_at: now })
    .where('id', '=', delivery.id)
    .where('fence', '=', delivery.fence)
    .where('state', 'in', ['waiting', 'retry'])
    .execute();
}

/** A person has let the create go after all, or found it: the newest correction is owed to it again, and a withdrawal. */
export async function wakeSkipped(
  trx: Kysely<Database>,
  create: { article_id: string; channel_id: string; part: string },
  now: number,
): Promise<void> {
  const { article_id, channel_id, part } = create;
  await trx
    .updateTable('deliveries')
    .set({ state: 'waiting', reason: null, due_at: now, updated_at: now })
    .where('article_id', '=', article_id)
    .where('channel_id', '=', channel_id)
    .where('part', '=', part)
    .where('op', '<>', 'create')
    .where('state', '=', 'skipped')
    .where('reason', 'like', `${nothing}%`)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('deliveries as newer')
            .select('newer.id')
            .whereRef('newer.article_id', '=', 'deliveries.article_id')
            .whereRef('newer.channel_id', '=', 'deliveries.channel_id')
            .whereRef('newer.part', '=', 'deliveries.part')
            .whereRef('newer.op', '=', 'deliveries.op')
            .where(sql<boolean>`newer.revision > deliveries.revision`),
        ),
      ),
    )
    .execute();
}
