import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { JobRequest } from '#src/queue/job.ts';
import { keepSchedules } from '#src/queue/keep-schedules.ts';
import type { Queues } from '#src/queue/queues.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

function bench() {
  const clock = manualClock();
  const log = recordingLog();
  const server = { works: true, isPaused: false, next: null as number | null };
  const did: string[] = [];
  let tellBack = () => {};
  const answer = async <T>(value: T): Promise<T> => {
    if (!server.works) throw new Error('away');
    return value;
  };
  const queues = {
    scheduledFor: () => answer(server.next),
    isPaused: () => answer(server.isPaused),
    restore: () => answer(undefined),
    async schedule({ kind }: JobRequest, every: number) {
      await answer(null);
      did.push(`schedule ${kind}`);
      server.next = clock.now() + every;
    },
  } as unknown as Queues;
  const health = {
    note: (error: unknown) => (error as Error).message === 'away',
    lost() {},
    isAway: () => !server.works,
    onBack: (listener: () => void) => {
      tellBack = listener;
    },
    close() {},
  };
  const kept = keepSchedules({
    queues,
    backend: { health },
    schedules: [{ request: { kind: 'sweep', payload: {} }, every: 30_000 }],
    begin: async () => void did.push('begin'),
    sweep: async () => void did.push('sweep'),
    clock,
    log,
  });
  const pass = async (ms: number) => {
    clock.advance(ms);
    for (let turns = 0; turns < 5; turns++) await turn();
  };
  return { server, did, kept, log, pass, clock, back: () => tellBack() };
}

test('a start sets the schedules, then begins', async () => {
  const { did, kept } = bench();
  await kept.check();
  expect(did).toEqual(['schedule sweep', 'begin']);
});

test('a queue that is away at the start is begun with once it is there', async () => {
  const { server, did, kept, pass, back } = bench();
  server.works = false;
  await kept.check();
  expect(did).toEqual([]);
  server.works = true;
  back();
  await pass(0);
  expect(did).toEqual(['schedule sweep', 'begin']);
});

test('a schedule that is kept is left alone', async () => {
  const { did, kept, pass } = bench();
  await kept.check();
  did.length = 0;
  await pass(20_000);
  expect(did).toEqual([]);
});

test('a flushed queue has its schedule and all that is due back within half a minute, and it is said once', async () => {
  const { server, did, kept, log, pass } = bench();
  await kept.check();
  did.length = 0;
  server.next = null;
  await pass(20_000);
  await pass(20_000);
  expect(did).toEqual(['schedule sweep', 'sweep']);
  expect(log.lines).toEqual([{ level: 'warn', message: expect.stringContaining('had lost its schedules') }]);
});

test('a schedule whose time passed without a job is set again, but not one that a person paused', async () => {
  const { server, did, kept, pass, clock } = bench();
  await kept.check();
  did.length = 0;
  server.next = clock.now() - 60_000;
  server.isPaused = true;
  await pass(20_000);
  expect(did).toEqual([]);
  server.isPaused = false;
  await pass(20_000);
  expect(did).toEqual(['schedule sweep', 'sweep']);
});

test('after it was away all that is due is added, though no schedule was lost', async () => {
  const { did, kept, pass, back } = bench();
  await kept.check();
  did.length = 0;
  back();
  await pass(0);
  expect(did).toEqual(['sweep']);
});

test('what failed is tried again at the next look, and never after the end', async () => {
  const { server, did, kept, log, pass } = bench();
  server.works = false;
  await kept.check();
  expect(log.lines).toEqual([]);
  server.works = true;
  await pass(20_000);
  expect(did).toEqual(['schedule sweep', 'begin']);
  await kept.stop();
  await pass(60_000);
  expect(did).toHaveLength(2);
});
