import { z } from 'zod';
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { lookForWithdrawal } from '#jobs/look-for-withdrawal.ts';
import { recordFailure } from '#jobs/record-failure.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import { sourceTools } from '#jobs/source-tools.ts';
import { storeReading } from '#jobs/store-reading.ts';
import { NotYet, UserError } from '#src/core/errors.ts';
import { isPageAlone, nextLook } from '#src/core/look-again.ts';
import { done, later, type Outcome, rejected } from '#src/core/outcome.ts';
import { defineJob } from '#src/queue/job.ts';
import type { Reading } from '#src/stores/sources.ts';

/** Reads one article that a poll found new, changed or gone, and writes what changed into the ledger. */
export const readArticle = defineJob({
  kind: 'read-article',
  queue: 'read',
  payload: z.object({ readingId: z.string() }),
  dedup: ({ readingId }) => readingId,
  attempts: 5,
  async run({ readingId }, deps: Deps, { signal }): Promise<Outcome> {
    const reading = await deps.ledger.sources.reading(readingId);
    if (!reading || reading.state === 'done' || reading.state === 'held') return done;
    if (reading.dueAt > deps.clock.now()) return later(reading.dueAt);
    const configured = deps.sources.get(reading.sourceId);
    if (!configured) return rejected(`source ${reading.sourceId} is no longer in the settings`);

    await letGoLate(readingId, deps);
    if ((await deps.ledger.sources.beginReading(readingId)) > mostBeginnings) {
      return recordFailure(poison(), reading, configured, deps, signal);
    }
    try {
      return await read(reading, configured, deps, signal);
    } catch (error) {
      await deps.ledger.sources.letReadingGo(readingId).catch(() => cutOff.add(readingId));
      throw error;
    }
  },
});

/** Of an article that may end the worker; what fails in good order is not counted. */
const mostBeginnings = 3;

/** What a ledger that was away could not be told: they were cut off in good order. */
const cutOff = new Set<string>();

async function letGoLate(readingId: string, { ledger }: Deps): Promise<void> {
  if (!cutOff.has(readingId)) return;
  await ledger.sources.letReadingGo(readingId);
  cutOff.delete(readingId);
}

const poison = (): UserError =>
  new UserError(`the worker ended ${mostBeginnings} times while it was read; it is left alone from now on`, {
    next: 'Look at its page. It is read again when the newsroom changes it.',
  });

async function read(reading: Reading, configured: ConfiguredSource, deps: Deps, signal: AbortSignal): Promise<Outcome> {
  let how: string | null = null;
  try {
    const raw = await configured.source.read(reading.ref, configured.settings.settings, sourceTools(deps, signal));
    if (raw?.kind === 'gone') return await lookForWithdrawal(reading, raw, configured, deps, signal);
    const stored = raw && (await storeReading(raw, reading, configured, deps));
    if (typeof stored === 'object' && stored) return await lookForWithdrawal(reading, stored, configured, deps, signal);
    how = stored;
    if (raw && isPageAlone(raw)) await planFirstLook(reading, deps);
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof NotYet) {
      await deps.ledger.sources.letReadingGo(reading.id);
      return later(error.at);
    }
    return recordFailure(error, reading, configured, deps, signal);
  }
  const step = how === null ? { kind: 'stands' as const, detail: null } : { kind: 'read' as const, detail: how };
  const now = deps.clock.now();
  const finished = await deps.ledger.sources.finishReading(reading.id, now, reading.ref.stamp, step);
  await settleRef(configured, reading.ref, null, deps, signal);
  // It was edited or taken back while it was read: its own job found this one at work, and was dropped.
  return finished ? done : later(now);
}

function planFirstLook({ id }: Reading, { ledger, clock }: Deps): Promise<void> {
  const now = clock.now();
  return ledger.sources.planLook(id, nextLook(now, now));
}
