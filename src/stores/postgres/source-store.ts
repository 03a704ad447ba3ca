import { type Kysely, type Selectable, sql } from 'kysely';
import { durably } from '#src/stores/postgres/durably.ts';
import { recordPoll } from '#src/stores/postgres/record-poll.ts';
import { recordTold } from '#src/stores/postgres/record-told.ts';
import { ensureSource, nextPollOf, toReading, withSteps } from '#src/stores/postgres/source-rows.ts';
import type { Database, SourcesTable } from '#src/stores/postgres/tables.ts';
import { anyOf, clean, cleanOrNull, indexKey, toJson, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';
import type { SourceState, SourceStore } from '#src/stores/sources.ts';

/** Sources and their readings, by the ids of the settings. */
export function createSourceStore(loa: Kysely<Database>, newId: () => string): SourceStore {
  return {
    async state(sourceId, now) {
      const find = () => loa.selectFrom('sources').selectAll().where('source_id', '=', sourceId).executeTakeFirst();
      const known = await find();
      if (known) return toSourceState(known);
      await ensureSource(loa, sourceId, now);
      return toSourceState((await find())!);
    },

    async all() {
      const rows = await loa.selectFrom('sources').selectAll().orderBy('source_id').execute();
      return rows.map(toSourceState);
    },

    recordPoll: (poll) => recordPoll(loa, newId, poll),

    async recordUnchanged({ sourceId, cursor, now, nextPollAt, plannedAt }) {
      await loa
        .updateTable('sources')
        .set({
          ...(cursor !== undefined && { cursor: cursor === null ? null : toJson(cursor) }),
          last_poll_at: now,
          last_success_at: now,
          next_poll_at: nextPollOf({ nextPollAt, plannedAt }),
          failures: 0,
          last_error: null,
        })
        .where('source_id', '=', sourceId)
        .execute();
    },

    recordTold: (told) => recordTold(loa, newId, told),

    async pollSoon(sourceId, now) {
      await loa.updateTable('sources').set({ next_poll_at: now }).where('source_id', '=', sourceId).execute();
    },

    async recordPollFailure({ sourceId, error, now, nextPollAt }) {
      await ensureSource(loa, sourceId, now);
      await loa
        .updateTable('sources')
        .set((eb) => ({
          failures: eb('failures', '+', 1),
          last_error: clean(error),
          last_poll_at: now,
          next_poll_at: nextPollAt,
        }))
        .where('source_id', '=', sourceId)
        .execute();
    },

    async reading(id) {
      const row = await loa.selectFrom('readings').selectAll().where('id', '=', id).executeTakeFirst();
      return row ? toReading(row) : null;
    },

    async findReadings(of) {
      const rows = await loa
        .selectFrom('readings')
        .selectAll()
        .where((eb) =>
          eb.or([
            eb('id', '=', of),
            eb('external_id', '=', indexKey(of)),
            eb(sql<string>`ref ->> 'url'`, '=', clean(of)),
          ]),
        )
        .orderBy('found_at', 'desc')
        .limit(10)
        .execute();
      return rows.map(toReading);
    },

    async comesAnew({ id, sourceId, ref: { url, title } }) {
      const row = await loa
        .selectFrom('readings')
        .select('id')
        .where('state', '=', 'due')
        .where('source_id', '=', sourceId)
        .where('id', '<>', id)
        .where('sign', '=', 'changed')
        .where('attempts', '=', 0)
        .where(
          sql<boolean>`(ref ->> 'url' = ${cleanOrNull(url)}::text or ref ->> 'title' = ${cleanOrNull(title)}::text)`,
        )
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async readingsOf(articleId) {
      const rows = await loa
        .selectFrom('readings')
        .innerJoin('article_keys', (join) =>
          join
            .onRef('article_keys.source_id', '=', 'readings.source_id')
            .onRef('article_keys.external_id', '=', 'readings.external_id'),
        )
        .selectAll('readings')
        .where('article_keys.article_id', '=', articleId)
        .orderBy('found_at')
        .orderBy('readings.id')
        .execute();
      return rows.map(toReading);
    },

    async beginReading(id) {
      return durably(loa, async (trx) => {
        const { begun } = await trx
          .updateTable('readings')
          .set((eb) => ({ begun: eb('begun', '+', 1) }))
          .where('id', '=', id)
          .returning('begun')
          .executeTakeFirstOrThrow();
        return begun;
      });
    },

    async letReadingGo(id) {
      await loa.updateTable('readings').set({ begun: 0 }).where('id', '=', id).execute();
    },

    async dueReadings(now, limit, sourceIds) {
      const rows = await loa
        .selectFrom('readings')
        .selectAll()
        .where('state', '=', 'due')
        .$if(sourceIds !== undefined, (query) => query.where('source_id', '=', anyOf(sourceIds ?? [])))
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .orderBy('id')
        .limit(limit)
        .execute();
      return rows.map(toReading);
    },

    async planLook(id, at) {
      await loa.updateTable('readings').set({ look_at: at }).where('id', '=', id).execute();
    },

    async dueLooks(now, limit, sourceIds) {
      const rows = await loa
        .selectFrom('readings')
        .selectAll()
        .where('state', '=', 'done')
        .$if(sourceIds !== undefined, (query) => query.where('source_id', '=', anyOf(sourceIds ?? [])))
        .where('look_at', '<=', now)
        .orderBy('look_at')
        .limit(limit)
        .execute();
      return rows.map(toReading);
    },

    async finishReading(id, now, stamp, step, page) {
      const finished = await loa
        .updateTable('readings')
        .set({
          ...{ state: 'done', error: null, begun: 0, gone_count: 0, gone_since: page === 'missing' ? now : null },
          ...(step && { story: withSteps({ at: now, ...step }) }),
        })
        .where('id', '=', id)
        .$if(stamp !== undefined, (query) => query.where('stamp', '=', clean(stamp ?? '')))
        .returning('id')
        .executeTakeFirst();
      return finished !== undefined;
    },

    async failReading(id, { error, retryAt, now, stamp }) {
      const next = retryAt === null ? { state: 'failed' as const } : { state: 'due' as const, due_at: retryAt };
      await loa
        .updateTable('readings')
        .set((eb) => ({
          ...next,
          begun: 0,
          attempts: eb('attempts', '+', 1),
          error: clean(error),
          story: withSteps({ at: now, kind: retryAt === null ? 'left out' : 'failed', detail: error }),
        }))
        .where('id', '=', id)
        .$if(stamp !== undefined, (query) => query.where('stamp', '=', clean(stamp ?? '')))
        .execute();
    },

    async countGone(id, now, nextLookAt) {
      const row = await loa
        .updateTable('readings')
        .set((eb) => ({
          state: 'due' as const,
          begun: 0,
          due_at: nextLookAt,
          gone_count: eb('gone_count', '+', 1),
          story: withSteps({ at: now, kind: 'missing', detail: null }),
          gone_since: sql<number>`coalesce(gone_since, ${now}::bigint)`,
        }))
        .where('id', '=', id)
        .returning(['gone_count', 'gone_since'])
        .executeTakeFirstOrThrow();
      return { count: row.gone_count, since: toMs(row.gone_since ?? now) };
    },
  };
}

function toSourceState(row: Selectable<SourcesTable>): SourceState {
  return {
    sourceId: row.source_id,
    cursor: row.cursor,
    baselineAt: toMsOrNull(row.baseline_at),
    lastPollAt: toMsOrNull(row.last_poll_at),
    lastSuccessAt: toMsOrNull(row.last_success_at),
    nextPollAt: toMs(row.next_poll_at),
    failures: row.failures,
    lastError: row.last_error,
  };
}
