import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { done } from '#src/core/outcome.ts';
import { createQueueControl } from '#src/queue/inspect.ts';
import { until } from '#tests/fakes/until.ts';
import { backends, type OpenForTest } from '#tests/queue/backends.ts';
import { type QueueBench, withBench } from '#tests/queue/queue-bench.ts';

describe.each(backends)('the queues on $name', ({ open }) => {
  let opened: OpenForTest;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const controlOf = ({ queues }: QueueBench) => createQueueControl({ queues, backend: opened.backend });

  test('tell how many jobs wait, since when, how many run, come later and have failed', async () => {
    const running = Promise.withResolvers<void>();
    const before = Date.now();
    await withBench(
      opened.backend,
      async (name) => {
        if (name === 'bad') throw new Error('no such article');
        await running.promise;
        return done;
      },
      {},
      async (bench) => {
        const { queues, kind, trail } = bench;
        const control = controlOf(bench);
        await queues.add({ kind, payload: { name: 'bad' } });
        await until(async () => (await control.standings())[0]?.failed === 1);
        for (const name of ['runs', 'runs too', 'waits']) await queues.add({ kind, payload: { name } });
        await queues.add({ kind, payload: { name: 'later' }, delay: 3_600_000 });
        await trail.reached(3);
        await until(async () => (await control.standings())[0]?.active === 2);
        const [standing] = await control.standings();
        expect(standing).toMatchObject({ waiting: 1, active: 2, delayed: 1, blocked: 0, failed: 1, isPaused: false });
        for (const at of [standing!.oldestWaitingAt!, standing!.oldestActiveAt!]) {
          expect(at).toBeGreaterThanOrEqual(before - 1000);
          expect(at).toBeLessThanOrEqual(Date.now() + 1000);
        }
        running.resolve();
        await trail.reached(4);
      },
    );
  });

  test('begin nothing while they are paused, and go on where they stopped', () =>
    withBench(
      opened.backend,
      () => done,
      {},
      async (bench) => {
        const { queues, kind, trail } = bench;
        const control = controlOf(bench);
        await control.pause(null);
        await queues.add({ kind, payload: { name: 'one' } });
        expect(await control.standings()).toMatchObject([{ isPaused: true, waiting: 1, active: 0 }]);
        await control.resume((await control.standings())[0]!.name);
        await trail.reached(1);
        expect((await control.standings())[0]?.isPaused).toBe(false);
      },
    ));

  test('run what failed again, all of it', () =>
    withBench(
      opened.backend,
      (_name, _attempt, ran) => {
        if (ran <= 3) throw new Error('the disk was full');
        return done;
      },
      {},
      async (bench) => {
        const { queues, kind, trail } = bench;
        const control = controlOf(bench);
        for (const name of ['a', 'b', 'c']) await queues.add({ kind, payload: { name } });
        await until(async () => (await control.standings())[0]?.failed === 3);
        expect(await control.retry(null)).toBe(3);
        await trail.reached(6);
        await until(async () => (await control.standings())[0]?.failed === 0);
        expect(await control.retry(null)).toBe(0);
      },
    ));
});

const at = (isAway: boolean) =>
  createQueueControl({
    queues: { list: () => [{ name: 'poll' }, { name: 'deliver-fediverse' }] as never },
    backend: { place: 'Redis at 127.0.0.1:6379', health: { isAway: () => isAway } },
  });

test('a name that is none of them is answered with those there are', async () => {
  await expect(at(false).pause('deliver-fedivers')).rejects.toMatchObject({
    message: 'There is no queue "deliver-fedivers": did you mean "deliver-fediverse"?',
    next: 'Queues: poll, deliver-fediverse',
  });
});

test('queues that are away are said to be, at once', async () => {
  await expect(at(true).standings()).rejects.toThrow('Redis at 127.0.0.1:6379 does not answer');
});
