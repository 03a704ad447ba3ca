import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

describe('a refusal', () => {
  it('of the post ends the row, without the token in its reason', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const reason = 'bad request to /bot/canary-token-1234/send';
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'item', reason } });
    const article = await bench.publish();
    await bench.settle();
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'dead', reason: 'bad request to /bot/***/send' });
    const told = JSON.stringify([await bench.alerts.open(), await bench.ledger.deliveries.attempts(row.id)]);
    expect(told).not.toContain('canary-token-1234');
  });

  it('of the account pauses the channel; the post goes out once it is resumed', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'channel', reason: 'token revoked' } });
    const article = await bench.publish();
    await bench.settle(5);
    expect(await bench.ledger.channels.state(id, 0)).toMatchObject({ paused: true, pausedReason: 'token revoked' });
    expect(await bench.row(article.id, id)).toMatchObject({ reason: 'the channel is paused: token revoked' });
    await bench.ledger.channels.update(id, { paused: false, pausedReason: null });
    await bench.settle();
    expect(channel.visible).toHaveLength(1);
  });

  it('of one post after the other, which may be all of them, pauses the channel at the fifth', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const refused = { kind: 'permanent', scope: 'item', reason: 'we distrust you', mayBeGeneral: true } as const;
    for (let post = 1; post <= 5; post++) {
      expect((await bench.ledger.channels.state(id, 0)).paused).toBe(false);
      channel.plan.push({ taken: false, result: refused });
      const article = await bench.publish();
      await bench.sweep();
      expect((await bench.row(article.id, id)).state).toBe('dead');
    }
    const state = await bench.ledger.channels.state(id, 0);
    expect(state).toMatchObject({ paused: true, pausedReason: 'we distrust you' });
  });

  it('for now stops the whole channel as long as the service asks', async () => {
    const channel = fakeChannel('A');
    bench.open(channel);
    const until = bench.clock.now() + 10 * 60_000;
    channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'slow down', retryAt: until } });
    await bench.publish();
    await bench.sweep();
    await bench.publish();
    await bench.settle(9);
    expect(channel.record).toHaveLength(0);
    await bench.settle();
    expect(channel.record).toHaveLength(2);
  });

  it('that comes with a success lets the next post wait, and is no failure', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const until = bench.clock.now() + 10 * 60_000;
    channel.plan.push({ taken: true, result: { kind: 'sent', id: 'id-7', url: null, restUntil: until } });
    const first = await bench.publish();
    await bench.sweep();
    expect((await bench.row(first.id, id)).state).toBe('sent');
    expect(await bench.ledger.channels.state(id, 0)).toMatchObject({ failures: 0, openUntil: until });
    await bench.publish();
    await bench.settle(9);
    expect(channel.record).toHaveLength(1);
    await bench.settle();
    expect(channel.record).toHaveLength(2);
  });

  it('five times in a row lets the channel rest', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    for (let n = 0; n < 5; n++) channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    for (let n = 0; n < 6; n++) await bench.publish();
    await bench.sweep();
    expect(await bench.ledger.channels.state(id, 0)).toMatchObject({
      failures: 5,
      openUntil: bench.clock.now() + 30_000,
    });
    expect(channel.record).toHaveLength(0);
    await bench.settle();
    expect(channel.record).toHaveLength(6);
    expect(await bench.ledger.channels.state(id, 0)).toMatchObject({ failures: 0, openUntil: null });
  });

  it('of one channel holds up no other', async () => {
    const bad = fakeChannel('A');
    const good = fakeChannel('A');
    bench.open(bad);
    bench.open(good);
    bad.plan.push({ taken: false, result: { kind: 'permanent', scope: 'channel', reason: 'no' } });
    await bench.publish();
    await bench.sweep();
    expect([bad.visible.length, good.visible.length]).toEqual([0, 1]);
  });
});
