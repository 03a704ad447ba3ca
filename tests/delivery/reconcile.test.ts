import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { reconcilePost } from '#src/delivery/reconcile.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const hour = 3_600_000;
const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });

describe('an unknown outcome', () => {
  it('is parked where a repeat could show it twice, with what to do', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.settle();
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringContaining('adopt') });
    expect(channel.record).toHaveLength(1);
    expect((await bench.alerts.open()).map(({ cause }) => cause)).toContain(`delivery:${row.id}:parked`);
  });

  it('is repeated where the operator wants that', async () => {
    const channel = fakeChannel('D');
    bench.open(channel, { onUnknown: 'resend' });
    channel.plan.push({ taken: false, result: unknown });
    await bench.publish();
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });

  it('is repeated with its key, but not once the service may have forgotten it', async () => {
    const channel = fakeChannel('A', { keepsKeys: 50 * 60_000 });
    const id = bench.open(channel);
    channel.plan.push({
      taken: true,
      result: { kind: 'ambiguous', reason: 'broke', retryAt: bench.clock.now() + hour },
    });
    const article = await bench.publish();
    await bench.settle(80);
    expect(channel.record).toHaveLength(1);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'parked', reason: expect.stringContaining('ago') });
  });

  it('goes on after a withdrawal until it is known what there is to take back', async () => {
    const channel = fakeChannel('A');
    bench.open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.sweep();
    expect(channel.visible).toHaveLength(1);
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.visible).toHaveLength(0);
    expect((await bench.rows(article.id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });

  it('is what a service that never answers leaves, after one deadline', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    channel.plan.push({ taken: true, result: 'hang' });
    const published = new Promise<void>((resolve) => {
      const { publish } = channel;
      channel.publish = (...call) => {
        resolve();
        return publish(...call);
      };
    });
    const article = await bench.publish();
    const running = bench.sweep();
    await published;
    bench.clock.advance(20_000);
    await running;
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringMatching(/no answer within 20 s/),
    });
  });
});

describe('a worker that was frozen', () => {
  it('cannot record its late answer over what was settled meanwhile', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    const frozen = doomedWorker(bench.deps, 'record');
    await Promise.race([deliverPost(row.id, frozen.deps), frozen.died]);
    bench.clock.advance(120_000);
    await bench.settle();
    const settled = await bench.row(article.id, id);
    const late = { state: 'dead' as const, reason: 'late', now: bench.clock.now(), result: 'permanent' };
    expect(await bench.ledger.deliveries.record(row.id, 1, late)).toBe(false);
    expect(await bench.row(article.id, id)).toEqual(settled);
    expect(channel.visible).toHaveLength(1);
  });

  it.each(['A', 'D'] as const)(
    'shows nothing twice when it wakes and its answer comes late (class %s)',
    async (guarantee) => {
      const channel = fakeChannel(guarantee);
      const id = bench.open(channel);
      const article = await bench.publish();
      const row = await bench.row(article.id, id);
      const { publish } = channel;
      let wake = () => {};
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const sleeping = new Promise<void>((resolve) => {
        channel.publish = async (...call) => {
          const result = await publish(...call);
          resolve();
          channel.publish = publish;
          await woken;
          return result;
        };
      });
      // A stopped process has no timers either.
      const clock = { ...bench.clock, sleep: () => new Promise<void>(() => {}) };
      const frozen = deliverPost(row.id, { ...bench.deps, clock });
      await sleeping;
      bench.clock.advance(120_000);
      await bench.settle();
      wake();
      await frozen;
      expect(channel.visible).toHaveLength(1);
      expect((await bench.row(article.id, id)).state).toBe(guarantee === 'A' ? 'sent' : 'parked');
    },
  );

  it('does not send when the lease ran out before the gate', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    const article = await bench.publish();
    const { freezePost } = bench.ledger.deliveries;
    const slow = {
      ...bench.ledger.deliveries,
      freezePost(...call: Parameters<typeof freezePost>) {
        bench.clock.advance(30_000);
        return freezePost(...call);
      },
    };
    const deps = { ...bench.deps, ledger: { ...bench.deps.ledger, deliveries: slow } };
    await deliverPost((await bench.row(article.id, id)).id, deps);
    expect(channel.record).toHaveLength(0);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'waiting',
      reason: expect.stringMatching(/longer than the claim/),
    });
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });

  it('is left alone while its lease runs', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    const frozen = doomedWorker(bench.deps, 'publish');
    await Promise.race([deliverPost(row.id, frozen.deps), frozen.died]);
    await reconcilePost(row.id, bench.deps);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sending', fence: 1 });
    await bench.settle();
  });
});

describe('a post refused for good', () => {
  it('waits for a person where an earlier try may stand, and is over where none can', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const refused = { taken: false, result: { kind: 'permanent', scope: 'item', reason: 'too long' } } as const;
    channel.plan.push({ taken: true, result: { kind: 'ambiguous', reason: 'the service answered 502' } }, refused);
    const doubtful = await bench.publish();
    await bench.settle();
    channel.plan.push(refused);
    const plain = await bench.publish();
    await bench.settle();
    expect(await bench.row(doubtful.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('too long'),
    });
    expect(await bench.row(plain.id, id)).toMatchObject({ state: 'dead', reason: 'too long' });
    await bench.withdraw(doubtful.id);
    const rows = await bench.rows(doubtful.id);
    expect(rows.map(({ op, state }) => [op, state])).toContainEqual(['withdraw', 'waiting']);
  });
});
