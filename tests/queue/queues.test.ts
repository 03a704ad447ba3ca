import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { done, later, type Outcome, rejected } from '#src/core/outcome.ts';
import { systemClock } from '#src/ops/clock.ts';
import { type Backend, databaseBackend } from '#src/queue/backend.ts';
import { defineJob, type JobDefinition } from '#src/queue/job.ts';
import { createQueues, type Queues } from '#src/queue/queues.ts';
import { startWorkers, type Workers } from '#src/queue/worker.ts';
import { type EmbeddedDatabase, openDatabase } from '#src/stores/postgres/open-database.ts';
import { silentLog } from '#tests/fakes/log.ts';

let folder: string;
let database: EmbeddedDatabase;
let backend: Backend;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loa-queue-'));
  database = await openDatabase({ data: folder, log: silentLog, clock: systemClock });
  backend = await databaseBackend(database.pool as never);
});

afterAll(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

/** What the jobs of one test did, and a promise for the n-th of them. */
class Trail {
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

let trail: Trail;
let number = 0;

beforeEach(() => {
  trail = new Trail();
  number += 1;
});

type Behaviour = (name: string, attempt: number) => Outcome | Promise<Outcome>;

/** A fresh queue with one kind of job that does as `behave` says. */
async function withJobs(
  behave: Behaviour,
  options: Partial<JobDefinition<{ name: string }, null>>,
  work: (queues: Queues, kind: string) => Promise<void>,
): Promise<void> {
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
      return behave(name, attempt);
    },
  });
  const definitions = new Map([[kind, definition as JobDefinition]]);
  const queues = createQueues({ backend, definitions, keepFailed: 60_000, log: silentLog });
  const { signal } = new AbortController();
  const tools = { definitions, deps: null, clock: systemClock, log: silentLog, signal };
  const workers: Workers = startWorkers(backend, [{ name: queue, concurrency: 2 }], tools);
  try {
    await work(queues, kind);
  } finally {
    await workers.close(5_000);
    await queues.close();
  }
}

test('a job runs with its payload, without U+0000', () =>
  withJobs(
    () => done,
    {},
    async (queues, kind) => {
      await queues.add({ kind, payload: { name: 'Sáng\u0000 29/11 🌧' } });
      await trail.reached(1);
      expect(trail.steps).toEqual(['Sáng 29/11 🌧']);
    },
  ));

test('a job that throws runs again', () =>
  withJobs(
    (_name, attempt) => {
      if (attempt === 1) throw new Error('first try');
      return done;
    },
    { attempts: 2 },
    async (queues, kind) => {
      await queues.add({ kind, payload: { name: 'a' } });
      await trail.reached(2);
      expect(trail.steps).toEqual(['a', 'a']);
    },
  ));

test('a rejected job never runs again, though it has attempts left', () =>
  withJobs(
    (name) => (name === 'bad' ? rejected('no such thing') : done),
    { attempts: 5 },
    async (queues, kind) => {
      await queues.add({ kind, payload: { name: 'bad' } });
      await trail.reached(1);
      await queues.add({ kind, payload: { name: 'next' } });
      await trail.reached(2);
      expect(trail.steps).toEqual(['bad', 'next']);
    },
  ));

test('a job that says later runs again at that time without using up its one attempt', () =>
  withJobs(
    () => (trail.steps.length < 4 ? later(Date.now() + 5) : done),
    { attempts: 1 },
    async (queues, kind) => {
      await queues.add({ kind, payload: { name: 'a' } });
      await trail.reached(4);
      expect(trail.steps).toHaveLength(4);
    },
  ));

test('a job that failed for good can be added again: the sweep finds lost work', () =>
  withJobs(
    () => {
      if (trail.steps.length === 1) throw new Error('the claim failed');
      return done;
    },
    { attempts: 1, dedup: ({ name }) => name },
    async (queues, kind) => {
      await queues.add({ kind, payload: { name: 'row-1' } });
      await trail.reached(1);
      // The key is free once the failure is written down; the sweep asks again until it is.
      while (trail.steps.length < 2) {
        await queues.add({ kind, payload: { name: 'row-1' } });
        await Promise.race([trail.reached(2), systemClock.sleep(50)]);
      }
      expect(trail.steps).toEqual(['row-1', 'row-1']);
    },
  ));

test('a job that waits for its time runs at once when it is added again without a delay', () =>
  withJobs(
    () => done,
    { dedup: ({ name }) => name },
    async (queues, kind) => {
      await queues.add({ kind, payload: { name: 'a' }, delay: 3_600_000 });
      await queues.add({ kind, payload: { name: 'a' } });
      await trail.reached(1);
      expect(trail.steps).toEqual(['a']);
    },
  ));

test('what is asked for while the job runs makes it run once more', () => {
  const first = Promise.withResolvers<void>();
  return withJobs(
    async () => {
      if (trail.steps.length === 1) await first.promise;
      return done;
    },
    { dedup: ({ name }) => name, again: true },
    async (queues, kind) => {
      await queues.add({ kind, payload: { name: 'feed' } });
      await trail.reached(1);
      await queues.add({ kind, payload: { name: 'feed' } });
      await queues.add({ kind, payload: { name: 'feed' } });
      first.resolve();
      await trail.reached(2);
      expect(trail.steps).toEqual(['feed', 'feed']);
    },
  );
});

test('a parent runs after its children, one that failed for good included', () =>
  withJobs(
    (name) => {
      if (name === 'broken photo') throw new Error('not a picture');
      return done;
    },
    { attempts: 1 },
    async (queues, kind) => {
      await queues.addFlow({
        parent: { kind, id: `parent-${number}`, payload: { name: 'article' } },
        children: [
          { kind, id: `child-${number}-0`, payload: { name: 'photo' } },
          { kind, id: `child-${number}-1`, payload: { name: 'broken photo' } },
        ],
      });
      await trail.reached(3);
      expect(trail.steps.at(-1)).toBe('article');
      expect(trail.steps.slice(0, 2).sort()).toEqual(['broken photo', 'photo']);
    },
  ));

test('a parent without children runs too', () =>
  withJobs(
    () => done,
    {},
    async (queues, kind) => {
      await queues.addFlow({ parent: { kind, id: `lone-${number}`, payload: { name: 'article' } }, children: [] });
      await trail.reached(1);
      expect(trail.steps).toEqual(['article']);
    },
  ));
