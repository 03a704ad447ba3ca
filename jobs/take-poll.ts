import { addReadings } from '#jobs/add-readings.ts';
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { holdsFor, tellHolds } from '#jobs/hold-back.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import type { PollResult } from '#src/sources/source.ts';
import type { Reading, SourceState } from '#src/stores/sources.ts';

/** Writes down what a poll found, and when the source is asked next; what is new is read from here on. */
export async function takePoll(
  configured: ConfiguredSource,
  { refs, cursor, unchanged, anew = false }: PollResult,
  before: SourceState,
  nextPollAt: number,
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  const { id } = configured.settings;
  const now = deps.clock.now();
  const times = { now, nextPollAt, plannedAt: before.nextPollAt };
  if (unchanged && before.baselineAt !== null) {
    const moved = cursor === before.cursor ? {} : { cursor };
    await deps.ledger.sources.recordUnchanged({ sourceId: id, ...times, ...moved });
    deps.journal.note({ kind: 'poll', sourceId: id, outcome: 'unchanged' });
    return;
  }
  const holds = anew || before.baselineAt === null ? new Map() : await holdsFor(id, refs, deps);
  const readings = await deps.ledger.sources.recordPoll({ sourceId: id, refs, cursor, ...times, holds, anew });
  if (holds.size > 0) await tellHolds(id, deps);
  await addReadings(readings, deps);
  await settleUnknown(configured, refs, readings, deps, signal);
  deps.journal.note({ kind: 'poll', sourceId: id, outcome: readings.length > 0 ? 'changed' : 'unchanged' });
}

/** What is gone and never was an article here, or no longer is, has no reading that could settle it. */
async function settleUnknown(
  configured: ConfiguredSource,
  refs: readonly ArticleRef[],
  readings: readonly Reading[],
  deps: Deps,
  signal: AbortSignal,
): Promise<void> {
  const due = new Set(readings.map(({ ref }) => ref.externalId));
  const unknown = refs.filter(({ sign, externalId }) => sign === 'gone' && !due.has(externalId));
  for (const ref of unknown) await settleRef(configured, ref, null, deps, signal);
}
