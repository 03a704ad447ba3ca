/** From here on feeds and posts may show the revision. */
import { type Kysely, sql } from 'kysely';
import { insertEvent } from '#src/stores/postgres/article-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { touchFeeds } from '#src/stores/postgres/feed-store.ts';
import type { Database } from '#src/stores/postgres/tables.ts';

/** False when it was ready before, or a newer one is. */
export async function markReady(
  loa: Kysely<Database>,
  id: string,
  { revision, now, feedIds }: { revision: number; now: number; feedIds: readonly string[] },
): Promise<boolean> {
  return durably(loa, async (trx) => {
    const written = await trx
      .selectFrom('revisions')
      .select(['published_at', 'revised_at'])
      .where('article_id', '=', id)
      .where('revision', '=', revision)
      .executeTakeFirst();
    if (!written) return false;
    const ready = await trx
      .updateTable('articles')
      .set({
        ready_revision: revision,
        ready_sort_at: sql<number>`least(coalesce(${written.published_at}::bigint, first_seen_at), ${written.revised_at}::bigint)`,
      })
      .where('id', '=', id)
      .where('ready_revision', '<', revision)
      .returning('id')
      .executeTakeFirst();
    if (!ready) return false;
    await insertEvent(trx, id, { at: now, kind: 'ready', revision, detail: null });
    const free = sql<number>`greatest(${now}::bigint, not_before)`;
    await trx
      .updateTable('deliveries')
      .set({ free_at: free, due_at: free, updated_at: now })
      .where('article_id', '=', id)
      .where('state', '=', 'waiting')
      .where('revision', '<=', revision)
      .where('free_at', 'is', null)
      .execute();
    await touchFeeds(trx, feedIds);
    return true;
  });
}
