import { type Kysely, type Selectable, sql } from 'kysely';
import { mostSteps, type ReadingStep } from '#src/core/reading-story.ts';
import type { Database, ReadingsTable } from '#src/stores/postgres/tables.ts';
import { toJson, toMs, toMsOrNull } from '#src/stores/postgres/values.ts';
import type { Reading } from '#src/stores/sources.ts';

/** The source's row, due at once, where there is none yet. */
export async function ensureSource(loa: Kysely<Database>, sourceId: string, now: number): Promise<void> {
  await loa
    .insertInto('sources')
    .values({
      source_id: sourceId,
      cursor: null,
      baseline_at: null,
      last_poll_at: null,
      last_success_at: null,
      next_poll_at: now,
      failures: 0,
      last_error: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** When a source is polled next, after a poll that was due at `plannedAt`: sooner where somebody has asked for it meanwhile. */
export function nextPollOf({ nextPollAt, plannedAt }: { nextPollAt: number; plannedAt?: number | undefined }) {
  if (plannedAt === undefined) return nextPollAt;
  return sql<number>`case when next_poll_at = ${plannedAt}::bigint then ${nextPollAt}::bigint
    else least(next_poll_at, ${nextPollAt}::bigint) end`;
}

export function toReading(row: Selectable<ReadingsTable>): Reading {
  return {
    id: row.id,
    sourceId: row.source_id,
    ref: row.ref,
    baseline: row.baseline,
    state: row.state,
    dueAt: toMs(row.due_at),
    attempts: row.attempts,
    error: row.error,
    goneCount: row.gone_count,
    goneSince: toMsOrNull(row.gone_since),
    foundAt: toMs(row.found_at ?? row.due_at),
    held: row.held,
    story: row.story,
  };
}

/** The reading's story with these steps at its end; the first one stays, the oldest of the others go. */
export function withSteps(...steps: ReadingStep[]) {
  const room = mostSteps - steps.length;
  return sql<string>`(case when jsonb_array_length(readings.story) > ${room}::integer
    then readings.story - 1 else readings.story end) || ${toJson(steps)}::jsonb`;
}
