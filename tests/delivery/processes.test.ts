/** Several processes that deliver for one channel, each with its own connections to one ledger. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliverPost } from '#src/delivery/deliver.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { systemClock } from '#src/ops/clock.ts';
import { createLedger } from '#src/stores/postgres/ledger.ts';
import { openDatabase } from '#src/stores/postgres/open-database.ts';
import { recordingAlerts } from '#tests/fakes/alerts.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { openMemoryDatabase } from '#tests/fakes/memory-database.ts';
import { openServerDatabase } from '#tests/fakes/server-database.ts';
import { has } from '#tests/servers/has.ts';

const minute = 60_000;
const { pace } = channelSettings('any');
const newId = () => {
  throw new Error('a worker writes no rows');
};

/** The database, and the ledger of a second process. */
const databases = {
  'the embedded database': async () => {
    const database = await openMemoryDatabase();
    return { database, second: createLedger(database.db, { newId }), closeSecond: async () => {} };
  },
  ...(has('postgres') && {
    'a PostgreSQL server': async () => {
      const database = await openServerDatabase();
      const tools = { log: silentLog, clock: systemClock, alerts: recordingAlerts() };
      const other = await openDatabase({ ...tools, database: database.url, data: '' });
      return { database, second: createLedger(other.db, { newId }), closeSecond: other.close };
    },
  }),
};

describe.each(Object.entries(databases))('two processes on one channel and %s', (_name, open) => {
  let bench: DeliveryBench;
  let workers: DeliveryDeps[];
  let close: () => Promise<void>;

  beforeAll(async () => {
    const { database, second, closeSecond } = await open();
    bench = await openDeliveryBench(async () => database);
    workers = [bench.deps, { ...bench.deps, ledger: second }];
    close = async () => {
      await closeSecond();
      await bench.close();
    };
  });
  afterEach(() => bench.clear());
  afterAll(() => close());

  /** Both take everything that is due, all at the same time. */
  async function rush(): Promise<void> {
    const due = await bench.ledger.deliveries.due(bench.clock.now(), 100);
    const mine = due.filter(({ channelId }) => bench.deps.channels.has(channelId));
    await Promise.all(mine.flatMap(({ id }) => workers.map((worker) => deliverPost(id, worker))));
  }

  async function publish(posts: number): Promise<void> {
    for (let n = 0; n < posts; n++) await bench.publish();
  }

  it('keep the gap: of ten posts one goes out, and the next one when the gap is over', async () => {
    const channel = fakeChannel('A');
    const channelId = bench.open(channel, { pace: { ...pace, gap: 5 * minute } });
    await publish(10);
    const first = bench.clock.now();
    for (; bench.clock.now() < first + 5 * minute; bench.clock.advance(5000)) {
      await rush();
      expect(channel.record).toHaveLength(1);
    }
    const waiting = await bench.ledger.deliveries.list({ channelId, states: ['waiting'], limit: 100 });
    expect(waiting).toHaveLength(9);
    expect(waiting.map(({ attempts, dueAt }) => ({ attempts, dueAt }))).toEqual(
      Array(9).fill({ attempts: 0, dueAt: first + 5 * minute }),
    );
    await rush();
    expect(channel.record).toHaveLength(2);
  });

  it('keep the hourly limit', async () => {
    const channel = fakeChannel('A');
    bench.open(channel, { pace: { ...pace, perHour: 3 } });
    await publish(6);
    for (let second = 0; second < 60; second += 5) {
      await rush();
      bench.clock.advance(5000);
    }
    expect(channel.record).toHaveLength(3);
  });

  it('let a post wait for seconds while another one is on its way, and say so', async () => {
    const channel = fakeChannel('A');
    const channelId = bench.open(channel, { pace: { ...pace, gap: minute } });
    const [one, two] = [await bench.publish(), await bench.publish()];
    const row = async (article: { id: string }) => bench.row(article.id, channelId);
    const doomed = doomedWorker(bench.deps, 'publish');
    await Promise.race([deliverPost((await row(one)).id, doomed.deps), doomed.died]);

    const now = bench.clock.now();
    expect(await deliverPost((await row(two)).id, workers[1]!)).toEqual({ kind: 'later', at: now + 5000 });
    expect(await row(two)).toMatchObject({
      state: 'waiting',
      attempts: 0,
      fence: 0,
      dueAt: now + 5000,
      reason: 'waits for another post that is on its way',
    });
    // Its process is dead: the channel is free once the lease is over.
    bench.clock.set((await row(one)).leaseUntil! - 1);
    expect(await deliverPost((await row(two)).id, workers[1]!)).toEqual({ kind: 'later', at: bench.clock.now() + 1 });
    bench.clock.advance(1);
    await deliverPost((await row(two)).id, workers[1]!);
    expect((await row(two)).state).toBe('sent');
  });

  it('post in parallel where no pace is kept', async () => {
    const channel = fakeChannel('A');
    const channelId = bench.open(channel);
    const [one, two] = [await bench.publish(), await bench.publish()];
    const doomed = doomedWorker(bench.deps, 'publish');
    await Promise.race([deliverPost((await bench.row(one.id, channelId)).id, doomed.deps), doomed.died]);
    await deliverPost((await bench.row(two.id, channelId)).id, workers[1]!);
    expect((await bench.row(two.id, channelId)).state).toBe('sent');
  });

  it('count every failure, and let one post through after a rest', async () => {
    const channel = fakeChannel('A');
    const channelId = bench.open(channel);
    const fail = (times: number) => {
      for (let n = 0; n < times; n++) channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    };
    const now = bench.clock.now();
    fail(5);
    await publish(5);
    await rush();
    expect(await bench.ledger.channels.state(channelId, now)).toMatchObject({ failures: 5, openUntil: now + 30_000 });

    // All are due again, and still fail.
    bench.clock.advance(15 * minute);
    fail(5);
    await rush();
    expect(channel.plan).toHaveLength(4);
    expect(await bench.ledger.channels.state(channelId, now)).toMatchObject({
      failures: 6,
      openUntil: bench.clock.now() + minute,
    });
    channel.plan.length = 0;
    await bench.settle();
    expect(channel.visible).toHaveLength(5);
  });
});
