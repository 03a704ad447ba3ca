/** Takes an article back: what nobody can have seen is cancelled, what may stand on a channel gets a row of its own. */
import type { Kysely } from 'kysely';
import { givenUp, type NewDelivery } from '#src/core/delivery.ts';
import type { Withdrawal } from '#src/stores/articles.ts';
import { insertEvent } from '#src/stores/postgres/article-rows.ts';
import { doubtful } from '#src/stores/postgres/delivery-due.ts';
import { insertDeliveries, pendingStates } from '#src/stores/postgres/delivery-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { touchFeeds } from '#src/stores/postgres/feed-store.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { clean } from '#src/stores/postgres/values.ts';

/** Of `deliveries` it writes those of channels where the post may stand. False when it was withdrawn before. */
export async function withdrawArticle(
  loa: Kysely<Database>,
  newId: () => string,
  { articleId, reason, by = 'person', now }: Withdrawal,
  deliveries: NewDelivery[],
  feedIds: readonly string[],
): Promise<boolean> {
  return durably(loa, async (trx) => {
    const article = await trx
      .updateTable('articles')
      .set({ state: 'withdrawn', withdrawn_by: by })
      .where('id', '=', articleId)
      .where('state', '<>', 'withdrawn')
      .returning('revision')
      .executeTakeFirst();
    if (!article) return false;
    await insertEvent(trx, articleId, { at: now, kind: 'withdrawn', revision: article.revision, detail: reason });
    await lockDeliveries(trx, articleId);
    const seen = await seenCreates(trx, articleId);
    await cancelUnseen(trx, { articleId, reason, now }, seen);
    const isSeen = ({ channelId, part = '' }: NewDelivery) =>
      seen.some((create) => create.channelId === channelId && create.part === part);
    const rows = deliveries.filter((row) => row.op === 'withdraw' && isSeen(row));
    await insertDeliveries(trx, newId, rows, { articleId, revision: article.revision, now, free: true });
    await touchFeeds(trx, feedIds);
    return true;
  });
}

/** A row that is claimed between the look and the change would be neither cancelled nor taken back. */
async function lockDeliveries(trx: Kysely<Database>, articleId: string): Promise<void> {
  await trx
    .selectFrom('deliveries')
    .select('id')
    .where('article_id', '=', articleId)
    .orderBy('id')
    .forUpdate()
    .execute();
}

interface Seen {
  id: string;
  channelId: string;
  part: string;
}

/**
 * Creates whose post stands or may stand: sent, on its way, tried with an outcome that is not known, or found there as
 * written by hand. A try that is repeated after an unknown outcome must go on, with the same key, to learn what there is
 * to take back.
 */
function seenCreates(trx: Kysely<Database>, articleId: string): Promise<Seen[]> {
  return trx
    .selectFrom('deliveries')
    .select(['id', 'channel_id as channelId', 'part'])
    .where('article_id', '=', articleId)
    .where('op', '=', 'create')
    .where(({ eb, or, and, not, exists, selectFrom }) => {
      const tries = selectFrom('attempts').select('number').whereRef('delivery_id', '=', 'deliveries.id');
      const inDoubt = exists(tries.where((one) => one.or([one('result', 'is', null), one('result', 'in', doubtful)])));
      // Only a restored backup raises a fence without a try: what was sent since is not known.
      const isRestored = and([eb('fence', '>', 0), not(exists(tries.whereRef('number', '=', 'deliveries.fence')))]);
      return or([
        eb('state', 'in', ['sent', 'sending']),
        and([eb('state', '=', 'skipped'), eb('remote_id', 'is not', null)]),
        and([eb('state', 'in', pendingStates), or([inDoubt, isRestored])]),
        // A person may yet find it there.
        and([eb('state', 'in', givenUp), inDoubt]),
      ]);
    })
    .execute();
}

async function cancelUnseen(
  trx: Kysely<Database>,
  { articleId, reason, now }: Withdrawal,
  seen: Seen[],
): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ state: 'cancelled', reason: `withdrawn: ${clean(reason)}`, due_at: null, updated_at: now })
    .where('article_id', '=', articleId)
    .where('state', 'in', pendingStates)
    .where((eb) =>
      eb.or([
        eb('op', '=', 'edit'),
        eb.and([eb('op', '=', 'create'), ...(seen.length ? [eb('id', 'not in', idsOf(seen))] : [])]),
      ]),
    )
    .execute();
}

const idsOf = (seen: readonly Seen[]) => seen.map(({ id }) => id);
