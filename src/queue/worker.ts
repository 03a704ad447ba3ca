import { Job, type Worker } from 'bullmq';
import type { LogFields } from '#src/core/tools.ts';
import type { Backend } from '#src/queue/backend.ts';
import { explainJob, lockDuration, lostHold, runsAgain } from '#src/queue/job-trouble.ts';
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
  let isClosing = false;
  const workers = queues.map(({ name, concurrency }) => {
    const worker = new backend.classes.Worker(name, runJob(tools), {
      connection: backend.worker,
      ...(backend.prefix === undefined ? {} : { prefix: backend.prefix }),
      concurrency,
      // A killed process's jobs run again after 5 to 14 s instead of a minute: half a lock or more, then a look.
      lockDuration,
      stalledInterval: 4_000,
      maxStalledCount: 1,
      drainDelay: 30,
      runRetryDelay: 2_000,
    }) as unknown as Worker;
    worker.on('error', (error) => {
      // Its connection ends while it waits for a job: that is how it is stopped.
      if (isClosing || backend.health.note(error)) return;
      const told = explainJob(error, name);
      if (told) complain(told, { queue: name, error });
    });
    worker.on(
      'stalled',
      (id) => void kindOf(worker, id).then((kind) => complain(runsAgain(kind), { queue: name, id })),
    );
    worker.on('lockRenewalFailed', (ids) => complain(lostHold(name), { queue: name, ids }));
    return worker;
  });

  return {
    async close(timeoutMs) {
      isClosing = true;
      const closed = Promise.all(workers.map((worker) => worker.close()));
      const limit = Promise.withResolvers<'late'>();
      // Of a server that is away nothing can be waited for.
      const patience = backend.health.isAway() ? Math.min(timeoutMs, 1000) : timeoutMs;
      const timer = setTimeout(() => limit.resolve('late'), patience);
      const ending = await Promise.race([closed, limit.promise]);
      clearTimeout(timer);
      // `close` has no time limit of its own; the ledger knows how to go on with whatever is cut off here.
      if (ending === 'late') await Promise.race([Promise.all(workers.map((worker) => worker.close(true))), tick(500)]);
    },
  };
}

/** Whoever meets trouble meets it often: one line per message and minute is enough. */
function throttled({ clock, log }: Pick<RunTools<unknown>, 'clock' | 'log'>) {
  const last = new Map<string, number>();
  return (message: string, fields: LogFields): void => {
    const now = clock.monotonic();
    if (now - (last.get(message) ?? -60_000) < 60_000) return;
    if (last.size > 100) last.clear();
    last.set(message, now);
    log.warn(message, fields);
  };
}

async function kindOf(worker: Worker, id: string): Promise<string> {
  const job = await Job.fromId(worker as never, id).catch(() => undefined);
  return job?.name ?? `${worker.name} job`;
}

function tick(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
