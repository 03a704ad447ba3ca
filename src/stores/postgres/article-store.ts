import type { Kysely } from 'kysely';
import type { ArticleStore } from '#src/stores/articles.ts';
import { holdArticle, releaseArticle } from '#src/stores/postgres/article-hold.ts';
import { addFurtherKeys, otherReadings } from '#src/stores/postgres/article-joins.ts';
import { countArticles, listArticleIds, listArticles } from '#src/stores/postgres/article-list.ts';
import { findByClue, findCandidates } from '#src/stores/postgres/article-marks.ts';
import { markReady } from '#src/stores/postgres/article-ready.ts';
import { findByKeys, selectArticles, toStoredArticle } from '#src/stores/postgres/article-rows.ts';
import { withdrawArticle } from '#src/stores/postgres/article-withdrawal.ts';
import { createArticle, reviseArticle } from '#src/stores/postgres/article-writes.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toMs } from '#src/stores/postgres/values.ts';

/** Articles with their revisions; every write is one durable transaction. */
export function createArticleStore(loa: Kysely<Database>, newId: () => string): ArticleStore {
  return {
    async find(keys) {
      const id = await findByKeys(loa, keys);
      if (id === null) return null;
      const row = await selectArticles(loa).where('id', '=', id).executeTakeFirst();
      return row ? { stored: toStoredArticle(row), contentHash: row.content_hash } : null;
    },

    async get(id) {
      const row = await selectArticles(loa).where('id', '=', id).executeTakeFirst();
      return row ? toStoredArticle(row) : null;
    },

    byClue: (of) => findByClue(loa, of),

    async revision(id, revision) {
      const row = await selectArticles(loa, revision).where('id', '=', id).executeTakeFirst();
      return row ? toStoredArticle(row) : null;
    },

    create: (article) => createArticle(loa, newId, article),
    revise: (revision) => reviseArticle(loa, newId, revision),

    addKeys: (id, keys, joined) => addFurtherKeys(loa, id, keys, joined),
    otherReadings: (id, keys) => otherReadings(loa, id, keys),
    async marked(mark) {
      const rows = await loa.selectFrom('story_marks').select('article_id').where('mark', '=', mark).execute();
      return rows.map(({ article_id }) => article_id);
    },

    candidates: (wanted) => findCandidates(loa, wanted),

    list: (query) => listArticles(loa, query),
    ids: (query) => listArticleIds(loa, query),
    count: (query = {}) => countArticles(loa, query),
    markReady: (id, revision, now, feedIds) => markReady(loa, id, { revision, now, feedIds }),
    hold: (id, now, feedIds) => holdArticle(loa, id, now, feedIds),
    release: (id, now, feedIds) => releaseArticle(loa, id, now, feedIds),

    async unready(before, limit) {
      return selectArticles(loa)
        .clearSelect()
        .select(['articles.id', 'articles.revision'])
        .where('state', '=', 'live')
        .whereRef('ready_revision', '<', 'articles.revision')
        .where('revised_at', '<', before)
        .orderBy('revised_at')
        .orderBy('id')
        .limit(limit)
        .execute();
    },

    withdraw: (withdrawal, deliveries, feedIds) => withdrawArticle(loa, newId, withdrawal, deliveries, feedIds),

    async events(id) {
      const rows = await loa
        .selectFrom('article_events')
        .select(['at', 'kind', 'revision', 'detail'])
        .where('article_id', '=', id)
        .orderBy('number')
        .execute();
      return rows.map((row) => ({ ...row, at: toMs(row.at) }));
    },
  };
}
