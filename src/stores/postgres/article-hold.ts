/** A person stops an article, and lets it go again. */
import { type Kysely, sql } from 'kysely';
import type { ArticleState } from '#src/core/article.ts';
import { insertEvent } from '#src/stores/postgres/article-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { touchFeeds } from '#src/stores/postgres/feed-store.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { toMs } from '#src/stores/postgres/values.ts';

/** False when it is not live. */
export function holdArticle(
  loa: Kysely<Database>,
  id: string,
  now: number,
  feedIds: readonly string[],
): Promise<boolean> {
  return switchState(loa, id, { from: 'live', to: 'held', kind: 'held', now, feedIds });
}

/** False when it is not held. */
export function releaseArticle(
  loa: Kysely<Database>,
  id: string,
  now: number,
  feedIds: readonly string[],
): Promise<boolean> {
  return switchState(loa, id, { from: 'held', to: 'live', kind: 'released', now, feedIds });
}

interface Switch {
  from: ArticleState;
  to: ArticleState;
  kind: 'held' | 'released';
  now: number;
  feedIds: readonly string[];
}

function switchState(loa: Kysely<Database>, id: string, { from, to, kind, now, feedIds }: Switch): Promise<boolean> {
  return durably(loa, async (trx) => {
    const revision = await changeState(trx, id, from, to);
    if (revision === null) return false;
    if (kind === 'released') await stayYoung(trx, id, now);
    await insertEvent(trx, id, { at: now, kind, revision, detail: null });
    await touchFeeds(trx, feedIds);
    return true;
  });
}

async function changeState(
  trx: Kysely<Database>,
  id: string,
  from: ArticleState,
  to: ArticleState,
): Promise<number | null> {
  const row = await trx
    .updateTable('articles')
    .set({ state: to })
    .where('id', '=', id)
    .where('state', '=', from)
    .returning('revision')
    .executeTakeFirst();
  return row?.revision ?? null;
}

/** The moment from which a delivery's age counts moves on by the time it was free to go but held. */
async function stayYoung(trx: Kysely<Database>, id: string, now: number): Promise<void> {
  const held = await trx
    .selectFrom('article_events')
    .select('at')
    .where('article_id', '=', id)
    .where('kind', '=', 'held')
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst();
  const since = toMs(held?.at ?? now);
  await trx
    .updateTable('deliveries')
    .set({ free_at: sql<number>`free_at + ${now}::bigint - greatest(free_at, ${since}::bigint)` })
    .where('article_id', '=', id)
    .where('state', 'in', ['waiting', 'retry'])
    .where('free_at', '<', now)
    .execute();
}
