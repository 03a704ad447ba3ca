import { DelayedError, type Job, UnrecoverableError } from 'bullmq';
import { messageOf } from '#src/core/errors.ts';
import type { Clock, Log } from '#src/core/tools.ts';
import type { JobDefinition } from '#src/queue/job.ts';

export interface RunTools<D> {
  definitions: ReadonlyMap<string, JobDefinition<any, D>>;
  deps: D;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
}

/** BullMQ's processor: finds the definition, checks the payload, and turns the outcome into BullMQ's own. */
export function runJob<D>({ definitions, deps, clock, log, signal }: RunTools<D>) {
  return async (job: Job, token?: string): Promise<void> => {
    const definition = definitions.get(job.name);
    if (!definition) throw new UnrecoverableError(`no job of kind ${job.name} is known to this version`);
    const payload = definition.payload.safeParse(job.data);
    if (!payload.success) throw new UnrecoverableError(`${job.name}: payload is not as it should be`);

    const attempt = job.attemptsMade + 1;
    const outcome = await definition.run(payload.data, deps, { attempt, signal }).catch((error) => {
      const next = attempt < definition.attempts ? 'it is tried again' : 'given up';
      log.warn(`${job.name} failed: ${messageOf(error)}; ${next}`, { job: job.name, ...payload.data, attempt, error });
      throw error;
    });

    if (outcome.kind === 'rejected') throw new UnrecoverableError(outcome.reason);
    if (outcome.kind === 'later') {
      await job.moveToDelayed(Math.max(outcome.at, clock.now() + 1), token);
      throw new DelayedError();
    }
  };
}
