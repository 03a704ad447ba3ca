/** What the queue promises, whatever server holds it. */
import { expect, test } from 'vitest';
import { done, later, rejected } from '#src/core/outcome.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { OpenBackend } from '#src/queue/backend.ts';
import { until } from '#tests/fakes/until.ts';
import { openBench, withBench } from '#tests/queue/queue-bench.ts';

/** `backend` is asked for in each test: it is opened before them. */
export function testQueue(backend: () => OpenBackend): void {
  test('a job runs with its payload, without U+0000', () =>
    withBench(
      backend(),
      () => done,
      {},
      async ({ queues, kind, trail }) => {
        await queues.add({ kind, payload: { name: 'Sáng\u0000 29/11 🌧' } });
        await trail.reached(1);
        expect(trail.steps).toEqual(['Sáng 29/11 🌧']);
      },
    ));

  test('a job that throws runs again', () =>
    withBench(
      backend(),
      (_name, attempt) => {
        if (attempt === 1) throw new Error('first try');
        return done;
      },
      { attempts: 2 },
      async ({ queues, kind, trail }) => {
        await queues.add({ kind, payload: { name: 'a' } });
        await trail.reached(2);
        expect(trail.steps).toEqual(['a', 'a']);
      },
    ));

  test('a rejected job never runs again, though it has attempts left', () =>
    withBench(
      backend(),
      (name) => (name === 'bad' ? rejected('no such thing') : done),
      { attempts: 5 },
      async ({ queues, kind, trail }) => {
        await queues.add({ kind, payload: { name: 'bad' } });
        await trail.reached(1);
        await queues.add({ kind, payload: { name: 'next' } });
        await trail.reached(2);
        expect(trail.steps).toEqual(['bad', 'next']);
      },
    ));

  test('a job that says later runs again at that time without using up its one attempt', () =>
    withBench(
      backend(),
      (_name, _attempt, ran) => (ran < 4 ? later(Date.now() + 5) : done),
      { attempts: 1 },
      async ({ queues, kind, trail }) => {
        await queues.add({ kind, payload: { name: 'a' } });
        await trail.reached(4);
        expect(trail.steps).toHaveLength(4);
      },
    ));

  test('jobs stand back for others as far as they say, those that came later too', async () => {
    const gates = { one: Promise.withResolvers<void>(), two: Promise.withResolvers<void>() };
    await withBench(
      backend(),
      async (name) => {
        if (name === 'one' || name === 'two') await gates[name].promise;
        return done;
      },
      {},
      async ({ queues, kind, trail }) => {
        const add = (name: string, behind?: number) =>
          queues.add({ kind, payload: { name }, ...(behind !== undefined && { behind }) });
        await add('one');
        await add('two');
        await trail.reached(2);
        await add('second', 2);
        await add('first', 1);
        await add('third', 2);
        await add('others');
        gates.one.resolve();
        await trail.reached(6);
        gates.two.resolve();
        expect(trail.steps.slice(2)).toEqual(['others', 'first', 'second', 'third']);
      },
    );
  });

  test('a job that failed for good can be added again: the sweep finds lost work', () =>
    withBench(
      backend(),
      (_name, _attempt, ran) => {
        if (ran === 1) throw new Error('the claim failed');
        return done;
      },
      { attempts: 1, dedup: ({ name }) => name },
      async ({ queues, kind, trail }) => {
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
    withBench(
      backend(),
      () => done,
      { dedup: ({ name }) => name },
      async ({ queues, kind, trail }) => {
        await queues.add({ kind, payload: { name: 'a' }, delay: 3_600_000 });
        await queues.add({ kind, payload: { name: 'a' } });
        await trail.reached(1);
        expect(trail.steps).toEqual(['a']);
      },
    ));

  test('what is asked for while the job runs makes it run once more', () => {
    const first = Promise.withResolvers<void>();
    return withBench(
      backend(),
      async (_name, _attempt, ran) => {
        if (ran === 1) await first.promise;
        return done;
      },
      { dedup: ({ name }) => name, again: true },
      async ({ queues, kind, trail }) => {
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
    withBench(
      backend(),
      (name) => {
        if (name === 'broken photo') throw new Error('not a picture');
        return done;
      },
      { attempts: 1 },
      async ({ queues, kind, trail }) => {
        await queues.addFlow({
          parent: { kind, id: `parent-${kind}`, payload: { name: 'article' } },
          children: [
            { kind, id: `child-${kind}-0`, payload: { name: 'photo' } },
            { kind, id: `child-${kind}-1`, payload: { name: 'broken photo' } },
          ],
        });
        await trail.reached(3);
        expect(trail.steps.at(-1)).toBe('article');
        expect(trail.steps.slice(0, 2).sort()).toEqual(['broken photo', 'photo']);
      },
    ));

  test('a parent without children runs too', () =>
    withBench(
      backend(),
      () => done,
      {},
      async ({ queues, kind, trail }) => {
        await queues.addFlow({ parent: { kind, id: `lone-${kind}`, payload: { name: 'article' } }, children: [] });
        await trail.reached(1);
        expect(trail.steps).toEqual(['article']);
      },
    ));

  test('a job that comes again does so, and it is known when', () =>
    withBench(
      backend(),
      () => done,
      {},
      async ({ queues, kind, trail }) => {
        const request = { kind, payload: { name: 'sweep' } };
        expect(await queues.scheduledFor(request)).toBeNull();
        await queues.schedule(request, 200);
        await queues.schedule(request, 200);
        await trail.reached(3);
        expect(await queues.scheduledFor(request)).toBeGreaterThan(Date.now() - 200);
      },
    ));

  test('two workers share the jobs of a queue: each runs once', async () => {
    const first = openBench(backend(), () => done);
    const { queues, kind, trail } = first;
    const names = Array.from({ length: 100 }, (_, index) => `job ${index}`);
    const second = first.another();
    try {
      await Promise.all(names.map((name) => queues.add({ kind, payload: { name } })));
      await trail.reached(100);
      expect([...trail.steps].sort()).toEqual([...names].sort());
    } finally {
      await second.close();
      await first.close();
    }
  });

  test('what ended is kept for people to see, and counted by what became of it', () =>
    withBench(
      backend(),
      (name) => (name === 'bad' ? rejected('no such thing') : done),
      {},
      async ({ queues, kind }) => {
        await queues.add({ kind, payload: { name: 'good' } });
        await queues.add({ kind, payload: { name: 'bad' } });
        const [queue] = queues.list();
        const counts = () => queue!.getJobCounts('completed', 'failed');
        await until(async () => (await counts())['completed'] === 1 && (await counts())['failed'] === 1);
        expect((await queue!.getFailed())[0]!.failedReason).toBe('no such thing');
      },
    ));

  test('the server can be asked whether it works', async () => {
    await expect(backend().ping()).resolves.toBeUndefined();
    expect(backend().health.isAway()).toBe(false);
  });
}
