import { z } from 'zod';
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { lookForWithdrawal } from '#jobs/look-for-withdrawal.ts';
import { sourceTools } from '#jobs/source-tools.ts';
import { storeReading } from '#jobs/store-reading.ts';
import { messageOf } from '#src/core/errors.ts';
import { nextLook } from '#src/core/look-again.ts';
import { done, type Outcome, rejected } from '#src/core/outcome.ts';
import { defineJob } from '#src/queue/job.ts';
import type { Reading } from '#src/stores/sources.ts';

/** Reads the page of an article that stands there once more: edits show in no list, and what is gone stays listed. */
export const lookAgain = defineJob({
  kind: 'look-again',
  queue: 'read',
  payload: z.object({ readingId: z.string() }),
  dedup: ({ readingId }) => readingId,
  attempts: 1,
  async run({ readingId }, deps: Deps, { signal }): Promise<Outcome> {
    const { sources } = deps.ledger;
    const reading = await sources.reading(readingId);
    // News of it is about to be read, and plans its own looks.
    if (reading?.state !== 'done') return done;
    const configured = deps.sources.get(reading.sourceId);
    if (!configured) return rejected(`source ${reading.sourceId} is no longer in the settings`);
    // Before the work: a page that ends the worker is not looked at for ever.
    await planNext(reading, deps);
    try {
      return await look(reading, configured, deps, signal);
    } catch (error) {
      if (signal.aborted) throw error;
      // What is known of it stands; perhaps the next look succeeds.
      deps.log.debug(`${reading.sourceId}: cannot look again at “${reading.ref.title}”: ${messageOf(error)}`);
      return done;
    }
  },
});

async function look(reading: Reading, configured: ConfiguredSource, deps: Deps, signal: AbortSignal): Promise<Outcome> {
  const raw = await configured.source.read(reading.ref, configured.settings.settings, sourceTools(deps, signal));
  if (raw?.kind === 'gone') return lookForWithdrawal(reading, raw, configured, deps, signal);
  // What the list holds of it tells its edits itself.
  if (raw?.kind === 'page' && raw.partial) return done;
  const stored = raw && (await storeReading(raw, reading, configured, deps, { unasked: true }));
  if (typeof stored === 'object' && stored) return lookForWithdrawal(reading, stored, configured, deps, signal);
  // It was missing at the last look.
  if (raw && reading.goneSince !== null) {
    await deps.ledger.sources.finishReading(reading.id, deps.clock.now(), reading.ref.stamp);
  }
  return done;
}

function planNext({ id, foundAt, story }: Reading, { ledger, clock }: Deps): Promise<void> {
  const readAt = story.findLast(({ kind }) => kind === 'read')?.at ?? foundAt;
  return ledger.sources.planLook(id, nextLook(readAt, clock.now()));
}
