import { type Kysely, sql } from 'kysely';
import { sentByHand } from '#src/core/age.ts';
import type { NewDelivery } from '#src/core/delivery.ts';
import type { KnownRefs } from '#src/core/poll-verdict.ts';
import type { ReadingStep } from '#src/core/reading-story.ts';
import type { Fold, HoldStore } from '#src/stores/holds.ts';
import { addFurtherKeysIn } from '#src/stores/postgres/article-joins.ts';
import { toDelivery } from '#src/stores/postgres/delivery-rows.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { toReading, withSteps } from '#src/stores/postgres/source-rows.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { anyOf, clean, cleanOrNull, indexKey } from '#src/stores/postgres/values.ts';
import type { Hold } from '#src/stores/sources.ts';

export function createHoldStore(loa: Kysely<Database>): HoldStore {
  return {
    async known(sourceId, { externalIds, addresses, titles }) {
      const ids = await knownIds(loa, sourceId, externalIds);
      const byAddress = await knownAddresses(loa, sourceId, addresses);
      return { ids, byAddress, byTitle: await knownTitles(loa, sourceId, titles) } satisfies KnownRefs;
    },

    async list(sourceId, hold) {
      const rows = await loa
        .selectFrom('readings')
        .selectAll()
        .where('source_id', '=', sourceId)
        .where('held', '=', hold)
        .orderBy('found_at')
        .orderBy('id')
        .execute();
      return rows.map(toReading);
    },

    async counts() {
      const rows = await loa
        .selectFrom('readings')
        .select((eb) => ['source_id', 'held', eb.fn.countAll().as('count')])
        .where('held', 'in', ['shift', 'burst'])
        .groupBy(['source_id', 'held'])
        .orderBy('source_id')
        .execute();
      return rows.map((row) => ({ sourceId: row.source_id, hold: row.held as Hold, count: Number(row.count) }));
    },

    fold: (fold) => foldReading(loa, fold),

    async letGo(readingIds, to, now) {
      if (readingIds.length === 0) return [];
      const step: ReadingStep = { at: now, kind: to ?? 'dripped', detail: null };
      const rows = await durably(loa, (trx) =>
        trx
          .updateTable('readings')
          .set({
            held: to,
            state: sql`case when state = 'held' then 'due' else state end`,
            due_at: sql<number>`case when state = 'held' then ${now}::bigint else due_at end`,
            story: withSteps(step),
          })
          .where('id', 'in', readingIds)
          .where('held', 'in', ['shift', 'burst'])
          .returningAll()
          .execute(),
      );
      return rows.filter(({ state }) => state === 'due').map(toReading);
    },

    async articlesOf(readingIds) {
      if (readingIds.length === 0) return new Map();
      const rows = await loa
        .selectFrom('readings')
        .innerJoin('article_keys', (join) =>
          join
            .onRef('article_keys.source_id', '=', 'readings.source_id')
            .onRef('article_keys.external_id', '=', 'readings.external_id'),
        )
        .select(['readings.id', 'article_keys.article_id'])
        .where('readings.id', 'in', readingIds)
        .execute();
      return new Map(rows.map(({ id, article_id }) => [id, article_id]));
    },

    decidePosts: (articleId, planned, now) =>
      durably(loa, async (trx) => {
        const decided = [];
        for (const one of planned) decided.push(...(await decidePost(trx, articleId, one, now)));
        return decided.filter(({ state }) => state === 'waiting');
      }),
  };
}

async function knownIds(loa: Kysely<Database>, sourceId: string, externalIds: readonly string[]): Promise<Set<string>> {
  const byKey = new Map(externalIds.map((id) => [indexKey(id), id]));
  const rows = await loa
    .selectFrom('readings')
    .select('external_id')
    .where('source_id', '=', sourceId)
    .where('external_id', '=', anyOf([...byKey.keys()]))
    .union(
      loa
        .selectFrom('article_keys')
        .select('external_id')
        .where('source_id', '=', sourceId)
        .where('external_id', '=', anyOf([...byKey.keys()])),
    )
    .execute();
  return new Set(rows.map(({ external_id }) => byKey.get(external_id)!));
}

async function knownAddresses(
  loa: Kysely<Database>,
  sourceId: string,
  addresses: readonly string[],
): Promise<Map<string, string>> {
  const byKey = new Map(addresses.map((address) => [indexKey(address), address]));
  const rows = await loa
    .selectFrom('article_addresses')
    .innerJoin('articles', 'articles.id', 'article_addresses.article_id')
    .select(['canonical_url', 'articles.id'])
    .where('canonical_url', '=', anyOf([...byKey.keys()]))
    .where('state', '<>', 'withdrawn')
    .where(({ exists }) => exists(keysOf(loa, sourceId)))
    .execute();
  return new Map(rows.map(({ canonical_url, id }) => [byKey.get(canonical_url)!, id]));
}

/** A headline that heads several articles tells of none. */
async function knownTitles(
  loa: Kysely<Database>,
  sourceId: string,
  titles: readonly string[],
): Promise<Map<string, string>> {
  const rows = await loa
    .selectFrom('story_marks')
    .innerJoin('articles', 'articles.id', 'story_marks.article_id')
    .select(['mark', sql<string>`min(articles.id)`.as('id')])
    .where('mark', '=', anyOf(titles))
    .where('state', '<>', 'withdrawn')
    .where(({ exists }) => exists(keysOf(loa, sourceId)))
    .groupBy('mark')
    .having((eb) => eb.fn.countAll(), '=', 1)
    .execute();
  return new Map(rows.map(({ mark, id }) => [mark, id]));
}

function keysOf(loa: Kysely<Database>, sourceId: string) {
  return loa
    .selectFrom('article_keys')
    .select('external_id')
    .where('source_id', '=', sourceId)
    .whereRef('article_keys.article_id', '=', sql.ref('articles.id'));
}

async function foldReading(loa: Kysely<Database>, { readingId, articleId, keys, detail, now }: Fold): Promise<boolean> {
  return durably(loa, async (trx) => {
    const done = await trx
      .updateTable('readings')
      .set({ state: 'done', held: null, error: null, story: withSteps({ at: now, kind: 'folded', detail: articleId }) })
      .where('id', '=', readingId)
      .where('held', '=', 'shift')
      .returning('id')
      .executeTakeFirst();
    if (!done) return false;
    await addFurtherKeysIn(trx, articleId, keys, { marks: [], detail, now });
    return true;
  });
}

async function decidePost(trx: Kysely<Database>, articleId: string, one: NewDelivery, now: number) {
  const { channelId, part = '', state, reason, notBefore } = one;
  // One that is not ready yet is freed when it is.
  const free = sql<number>`case when free_at is null then null else greatest(${now}::bigint, ${notBefore}::bigint) end`;
  const rows = await trx
    .updateTable('deliveries')
    .set({
      state,
      reason: cleanOrNull(reason),
      not_before: notBefore,
      due_at: state === 'waiting' ? free : null,
      free_at: state === 'waiting' ? free : null,
      updated_at: now,
    })
    .where('article_id', '=', articleId)
    .where('channel_id', '=', channelId)
    .where('part', '=', clean(part))
    .where('op', '=', 'create')
    .where('state', '=', 'waiting')
    .where('attempts', '=', 0)
    .where(sql<boolean>`coalesce(not starts_with(reason, ${sentByHand}), true)`)
    .returningAll()
    .execute();
  return rows.map(toDelivery);
}
