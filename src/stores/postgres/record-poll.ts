/** What a poll found becomes readings; the cursor is stored with the last of them. */
import { type Kysely, sql } from 'kysely';
import { mostSteps, type ReadingStep } from '#src/core/reading-story.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { durably } from '#src/stores/postgres/durably.ts';
import { ensureSource, nextPollOf, toReading } from '#src/stores/postgres/source-rows.ts';
import type { Database } from '#src/stores/postgres/tables.ts';
import { anyOf, clean, indexKey, toJson } from '#src/stores/postgres/values.ts';
import type { Hold, Reading, SourceStore } from '#src/stores/sources.ts';

type Poll = Parameters<SourceStore['recordPoll']>[0];

/** A transaction holds everybody else up: it lasts some 15 ms with this many new references. */
const slice = 250;

/** The readings it made due, in the order of the references. */
export async function recordPoll(loa: Kysely<Database>, newId: () => string, poll: Poll): Promise<Reading[]> {
  const refs = [...new Map(poll.refs.map((ref) => [indexKey(ref.externalId), ref]))];
  const readings: Reading[] = [];
  for (let at = 0; ; at += slice) {
    const part = new Map(refs.slice(at, at + slice));
    const isLast = at + slice >= refs.length;
    const armed = await durably(loa, async (trx) => {
      const baseline = await lockSource(trx, poll);
      if (isLast) await storeCursor(trx, poll, baseline);
      return armReadings(trx, newId, { poll, news: await keepNews(trx, poll.sourceId, part), baseline });
    });
    readings.push(...armed);
    if (isLast) return readings;
  }
}

/** True when no poll of this source, or of its place, has been stored whole. */
async function lockSource(trx: Kysely<Database>, { sourceId, now, anew = false }: Poll): Promise<boolean> {
  await ensureSource(trx, sourceId, now);
  const before = await trx
    .selectFrom('sources')
    .select('baseline_at')
    .where('source_id', '=', sourceId)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return anew || before.baseline_at === null;
}

async function storeCursor(trx: Kysely<Database>, poll: Poll, baseline: boolean): Promise<void> {
  const { sourceId, now } = poll;
  await trx
    .updateTable('sources')
    .set({
      cursor: poll.cursor === null ? null : toJson(poll.cursor),
      ...(baseline && { baseline_at: now }),
      last_poll_at: now,
      last_success_at: now,
      next_poll_at: nextPollOf(poll),
      failures: 0,
      last_error: null,
    })
    .where('source_id', '=', sourceId)
    .execute();
}

/** Without the references that stand there with the same stamp and sign, and what is gone but never became an article. */
export async function keepNews(
  trx: Kysely<Database>,
  sourceId: string,
  refs: Map<string, ArticleRef>,
): Promise<[string, ArticleRef][]> {
  const known = await trx
    .selectFrom('readings')
    .select(['external_id', 'stamp', 'sign'])
    .where('source_id', '=', sourceId)
    .where('external_id', '=', anyOf([...refs.keys()]))
    .execute();
  const before = new Map(known.map((row) => [row.external_id, row]));
  const changed = [...refs].filter(([key, ref]) => {
    const row = before.get(key);
    return row === undefined || row.stamp !== clean(ref.stamp) || row.sign !== ref.sign;
  });
  const gone = changed.filter(([, ref]) => ref.sign === 'gone').map(([key]) => key);
  if (gone.length === 0) return changed;
  const live = await trx
    .selectFrom('article_keys')
    .innerJoin('articles', 'articles.id', 'article_keys.article_id')
    .select('article_keys.external_id')
    .where('article_keys.source_id', '=', sourceId)
    .where('article_keys.external_id', '=', anyOf(gone))
    .where('articles.state', '<>', 'withdrawn')
    .execute();
  const articles = new Set(live.map((row) => row.external_id));
  return changed.filter(([key, ref]) => ref.sign === 'changed' || articles.has(key));
}

/** One statement for all, as a first poll may bring thousands. */
export async function armReadings(
  trx: Kysely<Database>,
  newId: () => string,
  {
    poll,
    news,
    baseline,
  }: {
    poll: Pick<Poll, 'sourceId' | 'now' | 'holds'> & { told?: boolean };
    news: [string, ArticleRef][];
    baseline: boolean;
  },
): Promise<Reading[]> {
  if (news.length === 0) return [];
  const rows = news.map(([key, ref]) => {
    const { stamp, sign, externalId } = ref;
    const held = poll.holds?.get(externalId) ?? null;
    const state = held === 'shift' ? 'held' : 'due';
    return { id: newId(), external_id: key, stamp, sign, ref, held, state, story: stepsOf(ref, held, poll) };
  });
  const columns = sql`id text, external_id text, ref jsonb, stamp text, sign text, held text, state text, story jsonb`;
  const armed = await trx
    .insertInto('readings')
    .columns([
      ...(['id', 'source_id', 'external_id', 'ref', 'stamp', 'sign', 'baseline', 'state', 'due_at'] as const),
      ...(['attempts', 'error', 'gone_count', 'gone_since', 'found_at', 'held', 'story'] as const),
    ])
    .expression(
      sql`select id, ${poll.sourceId}::text, external_id, ref, stamp, sign, ${baseline}::boolean, state,
        ${poll.now}::bigint, 0, null, 0, null, ${poll.now}::bigint, held, story
        from jsonb_to_recordset(${toJson(rows)}::jsonb) as found (${columns})`,
    )
    .onConflict((conflict) =>
      conflict.columns(['source_id', 'external_id']).doUpdateSet((eb) => ({
        ref: eb.ref('excluded.ref'),
        stamp: eb.ref('excluded.stamp'),
        sign: eb.ref('excluded.sign'),
        // After a restored backup a source begins anew: what it shows may have been posted since.
        baseline: sql<boolean>`readings.baseline or excluded.baseline`,
        // What waits for a person goes on waiting, with what stands there by now.
        state: sql<Reading['state']>`case when readings.state = 'held' then 'held' else excluded.state end`,
        held: sql<Reading['held']>`coalesce(readings.held, excluded.held)`,
        story: sql<string>`(case when jsonb_array_length(readings.story) >= ${mostSteps}::integer
          then readings.story - 1 else readings.story end) || excluded.story`,
        due_at: poll.now,
        attempts: 0,
        begun: 0,
        error: null,
      })),
    )
    .returningAll()
    .execute();
  const order = new Map(news.map(([key], index) => [key, index]));
  const due = armed.filter(({ state }) => state === 'due');
  return due.sort((a, b) => (order.get(a.external_id) ?? 0) - (order.get(b.external_id) ?? 0)).map(toReading);
}

function stepsOf({ sign }: ArticleRef, held: Hold | null, { now: at, told }: { now: number; told?: boolean }) {
  const found = { at, kind: sign === 'gone' ? 'gone' : 'found', detail: told ? 'told' : null } as const;
  return [found, ...(held ? [{ at, kind: held, detail: null }] : [])] satisfies ReadingStep[];
}
