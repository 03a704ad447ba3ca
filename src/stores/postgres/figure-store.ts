import { type Kysely, sql } from 'kysely';
import type { FigureStore } from '#src/stores/figures.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toMs } from '#src/stores/postgres/values.ts';

/** Each is one query without a row per article. */
export function createFigureStore(loa: Kysely<Database>): FigureStore {
  return {
    async articles() {
      const states = await loa
        .selectFrom('articles')
        .select(['state', sql<string>`count(*)`.as('count')])
        .groupBy('state')
        .execute();
      const unready = await loa
        .selectFrom('articles')
        .select(sql<string>`count(*)`.as('count'))
        .where('state', '=', 'live')
        .whereRef('ready_revision', '<', 'revision')
        .executeTakeFirstOrThrow();
      return {
        states: states.map(({ state, count }) => ({ state, count: Number(count) })),
        unready: Number(unready.count),
      };
    },

    async sources() {
      const rows = await loa
        .selectFrom('articles')
        .select(['source_id', sql<string>`count(*)`.as('count')])
        .groupBy('source_id')
        .execute();
      return rows.map(({ source_id, count }) => ({ sourceId: source_id, articles: Number(count) }));
    },

    async photos() {
      const made = await loa
        .selectFrom('photos')
        .select([
          sql<string>`count(*) filter (where failure is null)`.as('rendered'),
          sql<string>`count(*) filter (where failure is not null)`.as('failed'),
        ])
        .executeTakeFirstOrThrow();
      const unready = await loa
        .selectFrom('articles')
        .innerJoin('revisions', (join) =>
          join.onRef('article_id', '=', 'id').onRef('revisions.revision', '=', 'articles.revision'),
        )
        .select(sql<string>`coalesce(sum(jsonb_array_length(content -> 'photos')), 0)`.as('count'))
        .where('state', '=', 'live')
        .whereRef('ready_revision', '<', 'articles.revision')
        .executeTakeFirstOrThrow();
      return { rendered: Number(made.rendered), failed: Number(made.failed), waiting: Number(unready.count) };
    },

    async overdue(now) {
      const rows = await loa
        .selectFrom('deliveries')
        .select(['channel_id', sql<string>`min(due_at)`.as('since')])
        .where('state', 'in', ['waiting', 'retry'])
        .where('due_at', '<=', now)
        .groupBy('channel_id')
        .execute();
      return rows.map(({ channel_id, since }) => ({ channelId: channel_id, since: toMs(since) }));
    },
  };
}
