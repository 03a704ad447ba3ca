import { setImmediate } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelTools } from '#src/channels/channel.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { reconcilePost } from '#src/delivery/reconcile.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FakeChannel, fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

/** A post whose uploads are under way; `finish` ends them. */
async function uploading(channel: FakeChannel) {
  const id = bench.open(channel);
  const article = await bench.publish();
  const row = () => bench.row(article.id, id);
  let finish = () => {};
  const over = new Promise<{ media: string }>((resolve) => {
    finish = () => resolve({ media: '1' });
  });
  let signal!: AbortSignal;
  const begun = new Promise<void>((resolve) => {
    channel.prepare = async (_sending: unknown, _settings: unknown, tools: ChannelTools) => {
      signal = tools.signal;
      resolve();
      return over;
    };
  });
  const running = deliverPost((await row()).id, bench.deps);
  await begun;
  return { row, finish, running, signal };
}

/** Until the ledger has answered whatever the clock set off. */
async function until(met: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 2000 && !(await met()); turn++) await setImmediate();
}

describe('a claim', () => {
  it('holds for half a minute', async () => {
    const id = bench.open(fakeChannel('D'));
    const article = await bench.publish();
    const doomed = doomedWorker(bench.deps, 'freezePost');
    await Promise.race([deliverPost((await bench.row(article.id, id)).id, doomed.deps), doomed.died]);
    expect((await bench.row(article.id, id)).leaseUntil).toBe(bench.clock.now() + 30_000);
    bench.clock.advance(30_000);
    await bench.settle();
  });

  it('is renewed while a post is made ready, however long that takes', async () => {
    const channel = fakeChannel('D');
    const { row, finish, running } = await uploading(channel);
    for (let step = 0; step < 6; step++) {
      bench.clock.advance(8000);
      await until(async () => (await row()).leaseUntil === bench.clock.now() + 30_000);
      expect((await row()).leaseUntil).toBe(bench.clock.now() + 30_000);
      await bench.sweep();
    }
    finish();
    await running;
    expect(await row()).toMatchObject({ state: 'sent', fence: 1 });
    expect(channel.record).toHaveLength(1);
  });

  it('that is lost ends the uploads, and nothing is sent', async () => {
    const channel = fakeChannel('D');
    const { row, finish, running, signal } = await uploading(channel);
    const { id } = await row();
    await bench.ledger.deliveries.record(id, 1, { state: 'cancelled', reason: 'by hand', now: 0, result: 'stopped' });
    bench.clock.advance(8000);
    await until(async () => signal.aborted);
    expect(signal.aborted).toBe(true);
    finish();
    await running;
    expect(channel.record).toHaveLength(0);
    expect((await row()).state).toBe('cancelled');
  });

  it('that is over is not renewed: whoever settles the post counts on it', async () => {
    const channel = fakeChannel('D');
    const { row, finish, running } = await uploading(channel);
    // Frozen: nothing ran for two minutes.
    bench.clock.advance(120_000);
    await reconcilePost((await row()).id, bench.deps);
    finish();
    await running;
    expect(channel.record).toHaveLength(0);
    delete channel.prepare;
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });

  it('of a dead worker is looked at to the moment', async () => {
    for (const [guarantee, grace] of [
      ['A', 0],
      ['D', 30_000],
    ] as const) {
      const id = bench.open(fakeChannel(guarantee));
      const article = await bench.publish();
      const row = await bench.row(article.id, id);
      const doomed = doomedWorker(bench.deps, 'publish');
      await Promise.race([deliverPost(row.id, doomed.deps), doomed.died]);
      const free = bench.clock.now() + 30_000 + grace;
      expect(await reconcilePost(row.id, bench.deps)).toEqual({ kind: 'later', at: free });
      bench.clock.set(free - 1);
      expect(await reconcilePost(row.id, bench.deps)).toEqual({ kind: 'later', at: free });
      bench.clock.advance(1);
      await reconcilePost(row.id, bench.deps);
      expect((await bench.row(article.id, id)).state).toBe(guarantee === 'A' ? 'retry' : 'parked');
      bench.clear();
    }
  });
});

describe('a row that another worker claimed', () => {
  it('is not turned away by the one that came too late', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    // It decides on what it read; meanwhile the other one tries, fails and leaves it for later.
    let stops = 0;
    const late = {
      ...bench.deps,
      async stopped() {
        channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
        if (stops++ === 0) await deliverPost(row.id, bench.deps);
        return 'all posting is stopped';
      },
    };
    await deliverPost(row.id, late);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'retry', reason: 'busy', fence: 1 });
  });
});
