import { type Kysely, type Selectable, sql } from 'kysely';
import type { FeedState, FeedStore } from '#src/stores/feeds.ts';
import type { Database, FeedsTable } from '#src/stores/postgres/tables.ts';
import { cleanOrNull, toMsOrNull } from '#src/stores/postgres/values.ts';

/** What each feed wants and holds. A failed build changes nothing but its error. */
export function createFeedStore(loa: Kysely<Database>): FeedStore {
  const ensure = (feedId: string) =>
    loa
      .insertInto('feeds')
      .values({ feed_id: feedId, ...unbuilt })
      .onConflict((conflict) => conflict.doNothing())
      .execute();

  return {
    async all() {
      const rows = await loa.selectFrom('feeds').selectAll().orderBy('feed_id').execute();
      return rows.map(toFeedState);
    },

    touch: (feedIds) => touchFeeds(loa, feedIds),

    async state(feedId) {
      await ensure(feedId);
      const row = await loa.selectFrom('feeds').selectAll().where('feed_id', '=', feedId).executeTakeFirstOrThrow();
      return toFeedState(row);
    },

    async recordBuild(feedId, { wanted, entries, now, error }) {
      await ensure(feedId);
      // A failed build leaves the previous one served, and what is said of it.
      const change =
        error === null
          ? { built: sql<number>`greatest(built, ${wanted}::integer)`, built_at: now, entries, error: null }
          : { error: cleanOrNull(error) };
      await loa.updateTable('feeds').set(change).where('feed_id', '=', feedId).execute();
    },
  };
}

/** One more change for each; also within the transactions that change what feeds show. */
export async function touchFeeds(loa: Kysely<Database>, feedIds: readonly string[]): Promise<void> {
  // Sorted, so that two writers lock the rows in the same order.
  const ids = [...new Set(feedIds)].sort();
  if (ids.length === 0) return;
  await loa
    .insertInto('feeds')
    .values(ids.map((feed_id) => ({ feed_id, ...unbuilt, wanted: 1 })))
    .onConflict((conflict) => conflict.column('feed_id').doUpdateSet((eb) => ({ wanted: eb('feeds.wanted', '+', 1) })))
    .execute();
}

const unbuilt = { wanted: 0, built: 0, built_at: null, entries: 0, error: null };

function toFeedState(row: Selectable<FeedsTable>): FeedState {
  return {
    feedId: row.feed_id,
    wanted: row.wanted,
    built: row.built,
    builtAt: toMsOrNull(row.built_at),
    entries: row.entries,
    error: row.error,
  };
}
