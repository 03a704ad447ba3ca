/** A queue with one kind of job that does as it is told, and a record of what it did. */
import { z } from 'zod';
import type { Outcome } from '#src/core/outcome.ts';
import type { Log } from '#src/core/tools.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { Backend } from '#src/queue/backend.ts';
import { defineJob, type JobDefinition } from '#src/queue/job.ts';
import { createQueues, type Queues } from '#src/queue/queues.ts';
import { startWorkers } from '#src/queue/worker.ts';
import { silentLog } from '#tests/fakes/log.ts';

/** What the jobs of one test did, and a promise for the n-th of them. */
export class Trail {
  readonly steps: string[] = [];
  #waiting: { count: number; resolve: () => void }[] = [];

  note(step: string): void {
    this.steps.push(step);
    for (const one of this.#waiting) if (this.steps.length >= one.count) one.resolve();
  }

  reached(count: number): Promise<void> {
    if (this.steps.length >= count) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push({ count, resolve }));
  }
}

/** `ran`: how many jobs have begun, this one included. */
export type Behaviour = (name: string, attempt: number, ran: number) => Outcome | Promise<Outcome>;

export interface QueueBench {
  queues: Queues;
  kind: string;
  trail: Trail;
  /** One more worker on the same queue. */
  another(): { close(): Promise<void> };
  close(): Promise<void>;
}

let number = 0;

/** A fresh queue and its worker on `backend`. */
export function openBench(
  backend: Backend,
  behave: Behaviour,
  options: Partial<JobDefinition<{ name: string }, null>> = {},
  log: Log = silentLog,
): QueueBench {
  number += 1;
  const trail = new Trail();
  const queue = `deliver-test${number}` as const;
  const kind = `test-${number}`;
  const definition = defineJob({
    kind,
    queue,
    payload: z.object({ name: z.string() }),
    attempts: 1,
    backoff: 1,
    ...options,
    async run({ name }: { name: string }, _deps: null, { attempt }): Promise<Outcome> {
      trail.note(name);
      return behave(name, attempt, trail.steps.length);
    },
  });
  const definitions = new Map([[kind, definition as JobDefinition]]);
  const queues = createQueues({ backend, definitions, keepFailed: 60_000, names: [queue], log });
  const { signal } = new AbortController();
  const tools = { definitions, deps: null, clock: systemClock, log, signal };
  const another = () => {
    const workers = startWorkers(backend, [{ name: queue, concurrency: 2 }], tools);
    return { close: () => workers.close(5_000) };
  };
  const worker = another();
  return {
    queues,
    kind,
    trail,
    another,
    async close() {
      await worker.close();
      await queues.close();
    },
  };
}

/** Opens a bench for `work`, and closes it whatever happens. */
export async function withBench(
  backend: Backend,
  behave: Behaviour,
  options: Partial<JobDefinition<{ name: string }, null>>,
  work: (bench: QueueBench) => Promise<void>,
): Promise<void> {
  const bench = openBench(backend, behave, options);
  await work(bench).finally(() => bench.close());
}
