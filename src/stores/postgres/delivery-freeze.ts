/** The moment a post is made for good, and what it makes needless. */
import { type Kysely, sql } from 'kysely';
import { type Delivery, waitsForApproval } from '#src/core/delivery.ts';
import type { Post } from '#src/core/post.ts';
import type { Approved } from '#src/stores/deliveries.ts';
import { toDelivery } from '#src/stores/postgres/delivery-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull, toJson } from '#src/stores/postgres/values.ts';

/** Keeps and gives an earlier post; null when the claim with this fence has ended. Durable: what is tried again must be the same. */
export function freezePost(loa: Kysely<Database>, id: string, fence: number, post: Post): Promise<Post | null> {
  return durably(loa, async (trx) => {
    const row = await trx
      .updateTable('deliveries')
      .set({
        post: sql<string>`coalesce(post, ${toJson(post)}::jsonb)`,
        revision: sql<number>`case when post is null then ${post.article.revision}::integer else revision end`,
      })
      .where('id', '=', id)
      .where('fence', '=', fence)
      .where('state', '=', 'sending')
      .returningAll()
      .executeTakeFirst();
    if (!row) return null;
    await dropCarried(trx, row);
    return row.post;
  });
}

/** False when the row does not wait for approval, or not any more. */
export function approveDelivery(loa: Kysely<Database>, id: string, approved: Approved): Promise<boolean> {
  const { post, by, now, dueAt, reason } = approved;
  return durably(loa, async (trx) => {
    const row = await trx
      .updateTable('deliveries')
      .set({
        post: toJson(post),
        revision: post.article.revision,
        approved_by: clean(by),
        approved_at: now,
        reason: cleanOrNull(reason),
        due_at: dueAt,
        // The time it waited does not age it.
        free_at: dueAt,
        updated_at: now,
      })
      .where('id', '=', id)
      .where('state', '=', 'waiting')
      .where('reason', '=', waitsForApproval)
      .where('approved_by', 'is', null)
      .returningAll()
      .executeTakeFirst();
    if (!row) return false;
    await dropCarried(trx, row);
    return true;
  });
}

export async function listUnapproved(loa: Kysely<Database>, limit: number): Promise<Delivery[]> {
  const rows = await loa
    .selectFrom('deliveries')
    .selectAll()
    .where('state', '=', 'waiting')
    .where('op', '=', 'create')
    .where('reason', '=', waitsForApproval)
    .orderBy('created_at')
    .orderBy('id')
    .limit(limit)
    .execute();
  return rows.map(toDelivery);
}

interface Frozen {
  article_id: string;
  channel_id: string;
  part: string;
  op: string;
  revision: number;
}

/** Corrections that nobody has tried, to revisions that the new post holds: readers will never have seen anything else. */
async function dropCarried(trx: Kysely<Database>, frozen: Frozen): Promise<void> {
  if (frozen.op !== 'create') return;
  await trx
    .deleteFrom('deliveries')
    .where('article_id', '=', frozen.article_id)
    .where('channel_id', '=', frozen.channel_id)
    .where('part', '=', frozen.part)
    .where('op', '=', 'edit')
    .where('fence', '=', 0)
    .where('revision', '<=', frozen.revision)
    .execute();
}
