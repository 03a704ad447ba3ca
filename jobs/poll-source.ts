import { z } from 'zod';
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { sourceTools } from '#jobs/source-tools.ts';
import { takePoll } from '#jobs/take-poll.ts';
import { messageOf } from '#src/core/errors.ts';
import { later, type Outcome, rejected } from '#src/core/outcome.ts';
import { nextPoll, nextPollAfterFailure, pollInterval } from '#src/core/poll-interval.ts';
import { formatTime } from '#src/core/time.ts';
import { defineJob } from '#src/queue/job.ts';
import type { SourceState } from '#src/stores/sources.ts';

const payload = z.object({ sourceId: z.string() });

/** One conditional check of a source. The same job comes back for the next one. */
export const pollSource = defineJob({
  kind: 'poll-source',
  queue: 'poll',
  payload,
  dedup: ({ sourceId }) => sourceId,
  attempts: 5,
  async run({ sourceId }, deps: Deps, { signal }): Promise<Outcome> {
    const configured = deps.sources.get(sourceId);
    if (!configured) return rejected(`source ${sourceId} is no longer in the settings`);
    const state = await deps.ledger.sources.state(sourceId, deps.clock.now());
    // The settings may have been given a shorter interval since this was written down.
    const soonest = Math.min(state.nextPollAt, nextPoll(intervalOf(configured), state.lastPollAt ?? 0, null));
    if (state.failures === 0 && soonest > deps.clock.now()) return later(soonest);

    try {
      return later(await poll(configured, state, deps, signal));
    } catch (error) {
      if (signal.aborted) throw error;
      return later(await recordFailure(error, configured, state, deps));
    }
  },
});

async function poll(configured: ConfiguredSource, state: SourceState, deps: Deps, signal: AbortSignal) {
  const { id } = configured.settings;
  const { source, settings } = configured;
  const result = await source.poll(state.cursor, settings.settings, sourceTools(deps, signal));
  const nextPollAt = nextPoll(intervalOf(configured), deps.clock.now(), result.notBefore);
  await takePoll(configured, result, nextPollAt, deps, signal);

  for (const warning of result.warnings) deps.log.warn(`${id}: ${warning}`, { sourceId: id });
  deps.alerts.resolve(alertCause(id));
  return nextPollAt;
}

async function recordFailure(error: unknown, configured: ConfiguredSource, state: SourceState, deps: Deps) {
  const { id } = configured.settings;
  const now = deps.clock.now();
  const notBefore = retryAtOf(error);
  const nextPollAt = nextPollAfterFailure(intervalOf(configured), now, state.failures, notBefore);
  const message = messageOf(error);
  deps.journal.note({ kind: 'poll', sourceId: id, outcome: 'failed' });
  await deps.ledger.sources.recordPollFailure({ sourceId: id, error: message, now, nextPollAt });
  const place = configured.source.describe(configured.settings.settings);
  const when = formatTime(nextPollAt, deps.settings.site.timezone);
  deps.alerts.raise({
    cause: alertCause(id),
    message: `Source ${id} (${place}) cannot be read: ${message}`,
    next: `It is asked again at ${when}. Open the address yourself; if it has moved, change it in the settings.`,
  });
  return nextPollAt;
}

const intervalOf = ({ settings, source }: ConfiguredSource): number => pollInterval(settings.poll, source);

const alertCause = (sourceId: string): string => `source-${sourceId}`;

function retryAtOf(error: unknown): number | null {
  const at = (error as { retryAt?: unknown } | null)?.retryAt;
  return typeof at === 'number' ? at : null;
}
