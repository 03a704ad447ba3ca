import type { Clock, Log } from '#src/core/tools.ts';
import type { Backend } from '#src/queue/backend.ts';
import type { JobRequest } from '#src/queue/job.ts';
import type { Queues } from '#src/queue/queues.ts';

/** A job that comes again every `every` milliseconds. */
export interface Schedule {
  request: JobRequest;
  every: number;
}

export interface KeepSchedulesOptions {
  queues: Queues;
  backend: Pick<Backend, 'health'>;
  schedules: readonly Schedule[];
  /** Once, as soon as the queue works: what a start adds beside them. */
  begin(): Promise<void>;
  /** Whenever the queue had lost a schedule, or was away: adds all that is due. */
  sweep(): Promise<void>;
  clock: Clock;
  log: Log;
}

export interface KeptSchedules {
  /** Looks now; resolves when it has, whatever it found. */
  check(): Promise<void>;
  stop(): Promise<void>;
}

const lookEvery = 20_000;

/**
 * Sets the schedules and looks after them without the queue's help: a flushed or emptied queue has its schedules back
 * within half a minute, and all that is due with them.
 */
export function keepSchedules(options: KeepSchedulesOptions): KeptSchedules {
  const { queues, backend, schedules, begin, sweep, clock, log } = options;
  const stopping = new AbortController();
  let hasBegun = false;
  let wasAway = false;
  let running: Promise<void> | null = null;

  const look = async (): Promise<void> => {
    const states = hasBegun ? await statesOf(schedules, queues, clock.now()) : [];
    if (!hasBegun || states.includes('lost')) await queues.restore();
    for (const [index, { request, every }] of schedules.entries()) {
      if (states[index] !== 'kept') await queues.schedule(request, every);
    }
    if (!hasBegun) await begin();
    else if (wasAway || states.some((state) => state !== 'kept')) await sweep();
    if (states.includes('lost')) log.warn('the queue had lost its schedules: they are set again, and all that is due');
    hasBegun = true;
    wasAway = false;
  };

  const check = (): Promise<void> => {
    running ??= look()
      .catch((error) => {
        wasAway = true;
        if (!backend.health.note(error)) log.warn('looking after the schedules failed', { error });
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  const turns = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      await clock.sleep(lookEvery, stopping.signal).catch(() => {});
      if (!stopping.signal.aborted) await check();
    }
  };
  void turns();
  backend.health.onBack(() => {
    wasAway = true;
    if (!stopping.signal.aborted) void check();
  });

  return {
    check,
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** `late`: its time passed long ago without its job having run, and it does not come back by itself. */
function statesOf(schedules: readonly Schedule[], queues: Queues, now: number): Promise<('kept' | 'late' | 'lost')[]> {
  return Promise.all(
    schedules.map(async ({ request }) => {
      const next = await queues.scheduledFor(request);
      if (next === null) return 'lost';
      if (next > now - lookEvery) return 'kept';
      // A person's pause is not to be worked around.
      return (await queues.isPaused(request)) ? 'kept' : 'late';
    }),
  );
}
