/** New articles and revisions, each in one transaction with its delivery rows. */
import { type Kysely, sql } from 'kysely';
import type { ArticleKeys, StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { rescheduled } from '#src/core/revision.ts';
import { ArticleExists, type NewArticle, type NewRevision } from '#src/stores/articles.ts';
import { insertMarks, isTaken, lockStory } from '#src/stores/postgres/article-marks.ts';
import {
  insertEvent,
  insertKeys,
  insertRevision,
  selectArticles,
  toStoredArticle,
} from '#src/stores/postgres/article-rows.ts';
import { hurry, insertDeliveries, supersedeEdits, timeAnew } from '#src/stores/postgres/delivery-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { indexKey, parseTime } from '#src/stores/postgres/values.ts';

interface Written {
  article: StoredArticle;
  deliveries: Delivery[];
}

/** Throws `ArticleExists` when another reading created an article under one of these keys meanwhile. */
export async function createArticle(loa: Kysely<Database>, newId: () => string, added: NewArticle): Promise<Written> {
  const { id, keys, article, marks = [], lock, others = [], now } = added;
  return durably(loa, async (trx) => {
    if (lock !== undefined) {
      await lockStory(trx, lock);
      if (await isTaken(trx, lock, others)) throw alreadyThere(added);
    }
    await trx
      .insertInto('articles')
      .values({
        id,
        entry_id: added.entryId,
        source_id: keys.sourceId,
        state: 'live',
        baseline: added.baseline,
        first_seen_at: now,
        revision: 1,
        ready_revision: 0,
        // As in feeds: what is to come stands where it was seen, not above all that is newer.
        sort_at: Math.min(parseTime(article.publishedAt) ?? now, now),
        ready_sort_at: null,
        content_from: null,
        withdrawn_by: null,
      })
      .execute();
    await takeName(trx, id, keys, others);
    const led = await insertKeys(trx, id, keys);
    if (led.some((other) => other !== id && !others.includes(other))) throw alreadyThere(added);
    await insertMarks(trx, id, marks);
    await insertRevision(trx, { ...added, articleId: id, revision: 1, changes: [] });
    await insertEvent(trx, id, { at: now, kind: 'first seen', revision: 1, detail: null });
    const deliveries = await insertDeliveries(trx, newId, added.deliveries, { articleId: id, revision: 1, now });
    return { article: await storedArticle(trx, id), deliveries };
  });
}

function alreadyThere({ keys }: NewArticle): ArticleExists {
  return new ArticleExists(
    `another reading of ${keys.canonicalUrl ?? keys.externalId} has stored its article meanwhile`,
  );
}

/** A page that is used again: what it was called stands for the new story from here on. */
async function takeName(
  trx: Kysely<Database>,
  id: string,
  { sourceId, externalId }: ArticleKeys,
  others: readonly string[],
): Promise<void> {
  if (others.length === 0) return;
  await trx
    .updateTable('article_keys')
    .set({ article_id: id })
    .where('source_id', '=', sourceId)
    .where('external_id', '=', indexKey(externalId))
    .where('article_id', 'in', others)
    .execute();
}

/** Null when `after` is not the newest revision any more. */
export async function reviseArticle(
  loa: Kysely<Database>,
  newId: () => string,
  revised: NewRevision,
): Promise<Written | null> {
  const { id, after, keys, article, changes, marks = [], urgent = [], returned = false, now } = revised;
  const revision = after + 1;
  return durably(loa, async (trx) => {
    const moved = await trx
      .updateTable('articles')
      .set({
        revision,
        content_from: keys.sourceId,
        ...(returned && { state: 'live' as const, withdrawn_by: null }),
        sort_at: sql<number>`least(coalesce(${parseTime(article.publishedAt)}::bigint, first_seen_at), ${now}::bigint)`,
      })
      .where('id', '=', id)
      .where('revision', '=', after)
      .returning('id')
      .executeTakeFirst();
    if (!moved) return null;
    await insertKeys(trx, id, keys);
    await insertMarks(trx, id, marks);
    await insertRevision(trx, { ...revised, articleId: id, revision });
    const kind = returned ? 'returned' : 'revised';
    await insertEvent(trx, id, { at: now, kind, revision, detail: changes.join(', ') || null });
    const deliveries = await insertDeliveries(trx, newId, revised.deliveries, { articleId: id, revision, now });
    await supersedeEdits(trx, deliveries, now);
    await hurry(trx, id, urgent, now);
    if (changes.includes(rescheduled)) await timeAnew(trx, id, now);
    return { article: await storedArticle(trx, id), deliveries };
  });
}

async function storedArticle(trx: Kysely<Database>, id: string): Promise<StoredArticle> {
  return toStoredArticle(await selectArticles(trx).where('id', '=', id).executeTakeFirstOrThrow());
}
