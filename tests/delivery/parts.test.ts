import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const readers = ['an@thu.example', 'bình@thu.example', 'chi@thu.example'];
const minute = 60_000;

describe('posts for single readers', () => {
  it('go to each of them once, and not to who wants none any more', async () => {
    const channel = fakeChannel('D', { parts: () => readers });
    const id = bench.open(channel);
    const article = await bench.publish();
    await bench.ledger.optOuts.add(id, readers[1]!, bench.clock.now());
    await bench.settle();
    const rows = (await bench.rows(article.id)).map(({ part, state, reason }) => [part, state, reason]);
    expect(rows.sort()).toEqual([
      [readers[0], 'sent', null],
      [readers[1], 'skipped', 'unsubscribed'],
      [readers[2], 'sent', null],
    ]);
    expect(channel.record).toHaveLength(2);
    expect(new Set(channel.record.map(({ key }) => key)).size).toBe(2);
  });

  it('are one post to the pace, and the next article waits for all of them', async () => {
    const channel = fakeChannel('D', { parts: () => readers });
    const { pace } = channelSettings('any');
    const id = bench.open(channel, { pace: { ...pace, gap: 10 * minute, perHour: 2 } });
    const first = await bench.publish();
    await bench.live(20);
    expect(channel.record).toHaveLength(3);
    const second = await bench.publish();
    await bench.live(300);
    expect(channel.record).toHaveLength(3);
    await bench.live(400);
    expect(channel.record).toHaveLength(6);
    for (const { id: article } of [first, second]) {
      const states = (await bench.rows(article)).filter(({ channelId }) => channelId === id).map(({ state }) => state);
      expect(states).toEqual(['sent', 'sent', 'sent']);
    }
  });

  it('in doubt leave the others alone', async () => {
    const channel = fakeChannel('D', { parts: () => readers });
    bench.open(channel);
    channel.plan.push({ taken: true, result: { kind: 'ambiguous', reason: 'the connection broke' } });
    const article = await bench.publish();
    await bench.settle();
    expect((await bench.rows(article.id)).map(({ state }) => state).sort()).toEqual(['parked', 'sent', 'sent']);
    expect(channel.record).toHaveLength(3);
  });
});
