import type { Kysely, Selectable } from 'kysely';
import type { Database, ReadingsTable } from '#src/stores/postgres/tables.ts';
import { toMs, toMsOrNull } from '#src/stores/postgres/values.ts';
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
  };
}
