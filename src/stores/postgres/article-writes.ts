/** New articles and revisions, each in one transaction with its delivery rows. */
import { type Kysely, sql } from 'kysely';
import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { NewArticle, NewRevision } from '#src/stores/articles.ts';
import {
  insertEvent,
  insertKeys,
  insertRevision,
  selectArticles,
  toStoredArticle,
} from '#src/stores/postgres/article-rows.ts';
import { insertDeliveries, supersedeEdits } from '#src/stores/postgres/delivery-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { parseTime } from '#src/stores/postgres/values.ts';

interface Written {
  article: StoredArticle;
  deliveries: Delivery[];
}

/** Throws when another reading created an article under one of these keys meanwhile: find it, then revise it. */
export async function createArticle(loa: Kysely<Database>, newId: () => string, added: NewArticle): Promise<Written> {
  const { id, keys, article, now } = added;
  return durably(loa, async (trx) => {
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
        sort_at: parseTime(article.publishedAt) ?? now,
        ready_sort_at: null,
      })
      .execute();
    if (!(await insertKeys(trx, id, keys))) {
      throw new Error(`another reading of ${keys.canonicalUrl ?? keys.externalId} has stored its article meanwhile`);
    }
    await insertRevision(trx, { ...added, articleId: id, revision: 1, changes: [] });
    await insertEvent(trx, id, { at: now, kind: 'first seen', revision: 1, detail: null });
    const deliveries = await insertDeliveries(trx, newId, added.deliveries, { articleId: id, revision: 1, now });
    return { article: await storedArticle(trx, id), deliveries };
  });
}

/** Null when `after` is not the newest revision any more. */
export async function reviseArticle(
  loa: Kysely<Database>,
  newId: () => string,
  revised: NewRevision,
): Promise<Written | null> {
  const { id, after, keys, article, changes, now } = revised;
  const revision = after + 1;
  return durably(loa, async (trx) => {
    const moved = await trx
      .updateTable('articles')
      .set({
        revision,
        sort_at: sql<number>`coalesce(${parseTime(article.publishedAt)}::bigint, first_seen_at)`,
      })
      .where('id', '=', id)
      .where('revision', '=', after)
      .returning('id')
      .executeTakeFirst();
    if (!moved) return null;
    await insertKeys(trx, id, keys);
    await insertRevision(trx, { ...revised, articleId: id, revision });
    await insertEvent(trx, id, { at: now, kind: 'revised', revision, detail: changes.join(', ') || null });
    const deliveries = await insertDeliveries(trx, newId, revised.deliveries, { articleId: id, revision, now });
    await supersedeEdits(trx, deliveries, now);
    return { article: await storedArticle(trx, id), deliveries };
  });
}

async function storedArticle(trx: Kysely<Database>, id: string): Promise<StoredArticle> {
  return toStoredArticle(await selectArticles(trx).where('id', '=', id).executeTakeFirstOrThrow());
}
