import { addReadings } from '#jobs/add-readings.ts';
import type { Deps } from '#jobs/deps.ts';
import { holdsFor, tellHolds } from '#jobs/hold-back.ts';
import type { Recorded, SourceStore } from '#src/stores/sources.ts';

/**
 * Writes down what a message or a hub told of a source, by the rules of its polls; what is new is read from here on.
 * Whoever told it waits for no more than the ledger: the jobs are hints, and the sweep finds what has none.
 */
export async function takeTold(
  told: Omit<Parameters<SourceStore['recordTold']>[0], 'holds'>,
  deps: Deps,
): Promise<Recorded> {
  const { sourceId, refs } = told;
  const holds = await holdsFor(sourceId, refs, deps);
  const recorded = await deps.ledger.sources.recordTold({ ...told, holds });
  if (recorded.kind !== 'taken') return recorded;
  if (holds.size > 0) await tellHolds(sourceId, deps);
  void addReadings(recorded.readings, deps).catch((error) =>
    deps.log.warn(`${sourceId}: what was told is read half a minute later`, { error }),
  );
  for (const late of recorded.late)
    deps.log.info(`${sourceId}: what was sent of “${late}” is older than what was sent before, and was left aside`, {
      sourceId,
    });
  return recorded;
}

/** Before its time, because somebody told that there is something to see. */
export async function pollAtOnce(sourceId: string, { ledger, jobs, clock }: Deps): Promise<void> {
  await ledger.sources.pollSoon(sourceId, clock.now());
  await jobs.add({ kind: 'poll-source', payload: { sourceId } });
}
