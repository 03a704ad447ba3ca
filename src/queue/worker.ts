import type { Worker } from 'bullmq';
import type { Backend } from '#src/queue/backend.ts';
import { type RunTools, runJob } from '#src/queue/run-job.ts';

export interface Workers {
  /** Stops fetching, lets what runs end, and gives up waiting after `timeoutMs`. */
  close(timeoutMs: number): Promise<void>;
}

/** One worker per queue. `concurrency` says how many jobs of it run at once. */
export function startWorkers<D>(
  backend: Backend,
  queues: readonly { name: string; concurrency: number }[],
  tools: RunTools<D>,
): Workers {
  const complain = throttled(tools);
  const workers = queues.map(({ name, concurrency }) => {
    const worker = new backend.classes.Worker(name, runJob(tools), {
      connection: backend.connection,
      concurrency,
      // A killed process's jobs run again after about 14 s instead of a minute.
      lockDuration: 15_000,
      stalledInterval: 5_000,
      maxStalledCount: 1,
      drainDelay: 30,
    }) as unknown as Worker;
    worker.on('error', (error) => complain(`queue ${name}: ${error.message}`, error));
    worker.on('stalled', (id) => complain(`queue ${name}: job ${id} stalled and runs again`));
    worker.on('lockRenewalFailed', () => complain(`queue ${name}: could not renew the lock of running jobs`));
    return worker;
  });

  return {
    async close(timeoutMs) {
      const closed = Promise.all(workers.map((worker) => worker.close()));
      const limit = Promise.withResolvers<'late'>();
      const timer = setTimeout(() => limit.resolve('late'), timeoutMs);
      const ending = await Promise.race([closed, limit.promise]);
      clearTimeout(timer);
      // `close` has no time limit of its own; the ledger knows how to go on with whatever is cut off here.
      if (ending === 'late') await Promise.race([Promise.all(workers.map((worker) => worker.close(true))), tick(500)]);
    },
  };
}

/** A full or absent queue emits thousands of errors a second: one line per message and minute is enough. */
function throttled({ clock, log }: Pick<RunTools<unknown>, 'clock' | 'log'>) {
  const last = new Map<string, number>();
  return (message: string, error?: Error): void => {
    const now = clock.monotonic();
    if (now - (last.get(message) ?? -60_000) < 60_000) return;
    if (last.size > 100) last.clear();
    last.set(message, now);
    log.warn(message, error ? { error } : {});
  };
}

function tick(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
