/** Our job layer beside bare BullMQ on the same server; how soon a job starts; what an idle worker costs. */
import { createPostgresBackend, createRedisBackend, withBackend } from 'bullmq';
import { z } from 'zod';
import { done } from '#src/core/outcome.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { OpenBackend } from '#src/queue/backend.ts';
import { defineJob } from '#src/queue/job.ts';
import { createQueues, type Queues } from '#src/queue/queues.ts';
import { startWorkers } from '#src/queue/worker.ts';
import type { Bench } from '#tests/bench/bench.ts';
import { idleCost } from '#tests/bench/idle-cost.ts';
import { interleave } from '#tests/bench/interleave.ts';
import type { Report } from '#tests/bench/report.ts';
import { percentile } from '#tests/bench/statistics.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { backends } from '#tests/queue/backends.ts';

const starts = 200;
const atOnce = 50;
const concurrency = 4;
const keep = { age: 24 * 3600, count: 500 };
const payload = (index: number) => ({ deliveryId: `delivery-${index}`, channelId: 'fediverse' });

export const benches: Bench[] = [
  ...backends.map(({ name, open }) => ({
    name: `jobs on ${name}`,
    async run(report: Report) {
      const { backend, close } = await open();
      await measureRate(name, backend, report);
      await measureStart(name, backend, report);
      await close();
    },
  })),
  { name: 'an idle worker', run: idleCost },
];

async function measureRate(place: string, backend: OpenBackend, report: Report): Promise<void> {
  const measured = await interleave({ ours: () => ourRate(backend), peer: () => bareRate(backend) });
  const name = `jobs added and done on ${place}`;
  report.compare(name, { ...measured, unit: 'jobs/s', bar: { atLeast: 0.8 } });
}

async function measureStart(place: string, backend: OpenBackend, report: Report): Promise<void> {
  const p50: number[] = [];
  const p99: number[] = [];
  for (let run = 0; run < 8; run++) {
    const waits = await startWaits(backend);
    // The first run is not counted.
    if (run > 0) p50.push(percentile(waits, 0.5));
    if (run > 0) p99.push(percentile(waits, 0.99));
  }
  report.tell(`add to start on ${place}, p50`, p50, 'ms');
  report.limit(`add to start on ${place}, p99`, { ours: p99, unit: 'ms', bar: { atMost: 10 } });
}

/** Enough for a run of about a second. */
const jobsOn = ({ prefix }: OpenBackend): number => (prefix === undefined ? 300 : 2000);

async function ourRate(backend: OpenBackend): Promise<number> {
  const jobs = jobsOn(backend);
  const counter = countdown(jobs);
  const { queues, close } = openOurs(backend, counter.one);
  const start = performance.now();
  for (let from = 0; from < jobs; from += atOnce) {
    await Promise.all(batch(from).map((index) => queues.add({ kind: 'deliver-post', payload: payload(index) })));
  }
  await counter.end;
  const seconds = (performance.now() - start) / 1000;
  await close();
  return jobs / seconds;
}

/** BullMQ as one would use it by hand for the same promises: deduplicated, tried again, kept for a day. */
async function bareRate(backend: OpenBackend): Promise<number> {
  const jobs = jobsOn(backend);
  const counter = countdown(jobs);
  const factory = (backend.prefix ? createRedisBackend : createPostgresBackend) as typeof createRedisBackend;
  const classes = withBackend<any, any>(factory);
  const prefix = backend.prefix ? { prefix: backend.prefix } : {};
  const name = `bare-${counter.id}`;
  const queue = new classes.Queue(name, { connection: backend.producer, ...prefix });
  const work = async (): Promise<void> => counter.one();
  const worker = new classes.Worker(name, work, { connection: backend.worker, concurrency, ...prefix });
  const backoff = { type: 'exponential', delay: 1000, jitter: 0.5 };
  const options = { removeOnComplete: keep, removeOnFail: keep, attempts: 3, backoff };
  const add = (index: number) => {
    const deduplication = { id: `delivery-${index}`, reschedule: true };
    return queue.add('deliver-post', payload(index), { ...options, deduplication });
  };
  const start = performance.now();
  for (let from = 0; from < jobs; from += atOnce) {
    await Promise.all(batch(from).map(add));
  }
  await counter.end;
  const seconds = (performance.now() - start) / 1000;
  await worker.close();
  await queue.close();
  return jobs / seconds;
}

/** Milliseconds from before the add to the first line of the job, one job at a time. */
async function startWaits(backend: OpenBackend): Promise<number[]> {
  let begun = Promise.withResolvers<number>();
  const { queues, close } = openOurs(backend, () => begun.resolve(performance.now()));
  const waits: number[] = [];
  for (let index = 0; index < starts; index++) {
    begun = Promise.withResolvers();
    const start = performance.now();
    await queues.add({ kind: 'deliver-post', payload: payload(index) });
    waits.push((await begun.promise) - start);
    // What is measured is a queue at rest: the job before has been written down as done by then.
    await systemClock.sleep(10);
  }
  await close();
  return waits;
}

let opened = 0;

function openOurs(backend: OpenBackend, ran: () => void): { queues: Queues; close(): Promise<void> } {
  const queue = `deliver-ours-${opened++}` as const;
  const definition = defineJob({
    kind: 'deliver-post',
    queue,
    payload: z.object({ deliveryId: z.string(), channelId: z.string() }),
    dedup: ({ deliveryId }) => deliveryId,
    attempts: 3,
    async run(_payload, _deps: null) {
      ran();
      return done;
    },
  });
  const definitions = new Map([[definition.kind, definition]]);
  const queues = createQueues({ backend, definitions, keepFailed: 86_400_000, names: [queue], log: silentLog });
  const { signal } = new AbortController();
  const tools = { definitions, deps: null, clock: systemClock, log: silentLog, signal };
  const workers = startWorkers(backend, [{ name: queue, concurrency }], tools);
  return {
    queues,
    async close() {
      await workers.close(5000);
      await queues.close();
    },
  };
}

function batch(from: number): number[] {
  return Array.from({ length: atOnce }, (_, index) => from + index);
}

let counters = 0;

function countdown(from: number): { id: number; one(): void; end: Promise<void> } {
  const { promise: end, resolve } = Promise.withResolvers<void>();
  let left = from;
  return {
    id: counters++,
    end,
    one() {
      left -= 1;
      if (left === 0) resolve();
    },
  };
}
