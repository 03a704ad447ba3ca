import type { Kysely } from 'kysely';
import { waitsForApproval } from '#src/core/delivery.ts';
import type { Approved } from '#src/stores/deliveries.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { clean, cleanOrNull, toJson } from '#src/stores/postgres/values.ts';

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
      .returning('id')
      .executeTakeFirst();
    return row !== undefined;
  });
}
