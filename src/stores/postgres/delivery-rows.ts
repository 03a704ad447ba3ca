/** Delivery rows between the ledger's words and its tables. */
import type { Kysely, Selectable } from 'kysely';
import type { Delivery, DeliveryState, NewDelivery } from '#src/core/delivery.ts';
import { notPublishedYet } from '#src/core/delivery-plan.ts';
import { waitsForPace } from '#src/core/pace.ts';
import type { Database, DeliveriesTable } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';

/** Not ended, and nobody holds it. A parked one waits for a person. */
export const pendingStates = ['waiting', 'retry', 'parked'] satisfies DeliveryState[];

export function toDelivery(row: Selectable<DeliveriesTable>): Delivery {
  return {
    id: row.id,
    articleId: row.article_id,
    channelId: row.channel_id,
    op: row.op,
    part: row.part,
    asReply: row.as_reply,
    revision: row.revision,
    key: row.key,
    state: row.state,
    reason: row.reason,
    dueAt: toMsOrNull(row.due_at),
    freeAt: toMsOrNull(row.free_at),
    createdAt: toMs(row.created_at),
    updatedAt: toMs(row.updated_at),
    attempts: row.attempts,
    fence: row.fence,
    leaseUntil: toMsOrNull(row.lease_until),
    post: row.post,
    prepared: row.prepared,
    remote: row.remote_id === null ? null : { id: row.remote_id, url: row.remote_url },
    judged: row.judged,
    approved: row.approved_by === null ? null : { by: row.approved_by, at: toMs(row.approved_at ?? 0) },
    ...(row.urgent && { urgent: true }),
  };
}

/** Gives the rows that were written: a second create of a channel and a key that stands there already are left out. */
export async function insertDeliveries(
  trx: Kysely<Database>,
  newId: () => string,
  added: NewDelivery[],
  born: { articleId: string; revision: number; now: number; free?: boolean },
): Promise<Delivery[]> {
  if (added.length === 0) return [];
  const { now } = born;
  const rows = await trx
    .insertInto('deliveries')
    .values(
      added.map((delivery) => {
        const freeAt = born.free && delivery.state === 'waiting' ? now : null;
        return {
          id: newId(),
          article_id: born.articleId,
          channel_id: delivery.channelId,
          op: delivery.op,
          part: clean(delivery.part ?? ''),
          as_reply: delivery.asReply ?? false,
          revision: born.revision,
          key: delivery.key,
          state: delivery.state,
          reason: cleanOrNull(delivery.reason),
          not_before: delivery.notBefore,
          due_at: freeAt,
          free_at: freeAt,
          created_at: now,
          updated_at: now,
          sent_at: null,
          attempts: 0,
          fence: 0,
          lease_until: null,
          post: null,
          prepared: null,
          remote_id: null,
          remote_url: null,
          approved_by: null,
          approved_at: null,
          urgent: delivery.urgent ?? false,
        };
      }),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .execute();
  return rows.map(toDelivery);
}

/**
 * The newest revision wins: edits that are still pending end where a newer one takes their place. What a person has
 * approved goes out as it is.
 */
export async function supersedeEdits(trx: Kysely<Database>, written: Delivery[], now: number): Promise<void> {
  for (const newer of written.filter(({ op, state }) => op === 'edit' && state === 'waiting')) {
    await trx
      .updateTable('deliveries')
      .set({ state: 'skipped', reason: `superseded by revision ${newer.revision}`, due_at: null, updated_at: now })
      .where('article_id', '=', newer.articleId)
      .where('channel_id', '=', newer.channelId)
      .where('part', '=', newer.part)
      .where('op', '=', 'edit')
      .where('approved_by', 'is', null)
      .where('state', 'in', pendingStates)
      .where('revision', '<', newer.revision)
      .execute();
  }
}

/** Of these channels, posts that nobody has tried go as soon as the revision is ready: neither pace nor settling holds them. */
export async function hurry(
  trx: Kysely<Database>,
  articleId: string,
  channelIds: readonly string[],
  now: number,
): Promise<void> {
  if (channelIds.length === 0) return;
  await trx
    .updateTable('deliveries')
    .set({ urgent: true, reason: null, not_before: now, due_at: null, free_at: null, updated_at: now })
    .where('article_id', '=', articleId)
    .where('channel_id', 'in', channelIds)
    .where('op', '=', 'create')
    .where('state', '=', 'waiting')
    .where('post', 'is', null)
    .where((eb) => eb.or([eb('reason', 'is', null), eb('reason', '=', waitsForPace)]))
    .execute();
}

/** What waits for a publication time that was moved is judged anew once the revision is ready: the guards know the new one. */
export async function timeAnew(trx: Kysely<Database>, articleId: string, now: number): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ not_before: now, due_at: null, free_at: null, updated_at: now })
    .where('article_id', '=', articleId)
    .where('op', '=', 'create')
    .where('state', '=', 'waiting')
    .where('reason', '=', notPublishedYet)
    .execute();
}
