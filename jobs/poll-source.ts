import { z } from 'zod';
import type { ConfiguredSource, Deps } from '#jobs/deps.ts';
import { followHub } from '#jobs/follow-hub.ts';
import { recordPollFailure } from '#jobs/poll-failure.ts';
import { sourceTools } from '#jobs/source-tools.ts';
import { takePoll } from '#jobs/take-poll.ts';
import { chanceOf } from '#src/core/chance.ts';
import { NotYet } from '#src/core/errors.ts';
import { later, type Outcome, rejected } from '#src/core/outcome.ts';
import { intervalBesideHub, nextPoll, pollInterval } from '#src/core/poll-interval.ts';
import { defineJob } from '#src/queue/job.ts';
import type { PollResult } from '#src/sources/source.ts';
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
      if (error instanceof NotYet) return later(error.at);
      return later(await recordPollFailure(error, configured, state, deps));
    }
  },
});

async function poll(configured: ConfiguredSource, state: SourceState, deps: Deps, signal: AbortSignal) {
  const { id } = configured.settings;
  const { source, settings } = configured;
  const result = await source.poll(state.cursor, settings.settings, sourceTools(deps, signal));
  const nextPollAt = nextPoll(await intervalAfter(result, configured, deps), deps.clock.now(), result.notBefore);
  await takePoll(configured, result, state, nextPollAt, deps, signal);
  await followHub(id, result.hub, deps);
  tellWarnings(id, result, deps);
  deps.alerts.resolve(`source-${id}`);
  return nextPollAt;
}

/** What the last poll taught, unless the operator decided. */
async function intervalAfter({ interval }: PollResult, configured: ConfiguredSource, deps: Deps): Promise<number> {
  const { id, poll } = configured.settings;
  const now = deps.clock.now();
  if (poll !== 'auto' || configured.source.pollEvery === 'never') return intervalOf(configured);
  if (await deps.ledger.subscriptions.active(id, now)) return intervalBesideHub(chanceOf(`${id} ${now}`));
  return interval ?? intervalOf(configured);
}

/** An answer without news says nothing of what was wrong with the last one. */
function tellWarnings(id: string, { warnings, unchanged }: PollResult, deps: Deps): void {
  const cause = `source-${id}-warning`;
  if (warnings.length > 0) deps.alerts.raise({ cause, message: `Source ${id}: ${warnings.join('; ')}` });
  else if (!unchanged) deps.alerts.resolve(cause);
}

const intervalOf = ({ settings, source }: ConfiguredSource): number => pollInterval(settings.poll, source);
