import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { adoptByHand, cancelByHand, retryByHand } from '#src/delivery/by-hand.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });

describe('a person', () => {
  it('may let a parked post go again, or say where it stands, or end it', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    const parked = async () => {
      channel.plan.push({ taken: false, result: unknown });
      const article = await bench.publish();
      await bench.settle();
      return (await bench.row(article.id, id)).id;
    };
    const [again, adopted, ended] = [await parked(), await parked(), await parked()];
    await retryByHand(again, bench.deps);
    await adoptByHand(adopted, 'https://fake.example/id-9', bench.deps);
    await cancelByHand(ended, bench.deps);
    await bench.settle();
    const states = await Promise.all([again, adopted, ended].map((row) => bench.ledger.deliveries.get(row)));
    expect(states.map((row) => row?.state)).toEqual(['sent', 'sent', 'cancelled']);
    expect(states[1]?.remote?.url).toBe('https://fake.example/id-9');
    expect(channel.record).toHaveLength(1);
    await expect(cancelByHand(again, bench.deps)).rejects.toThrow(/is sent: only one that is/);
    await expect(retryByHand('nowhere', bench.deps)).rejects.toThrow(/no delivery nowhere/);
  });

  it('approves what waits for that', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel, { approval: 'required' });
    const article = await bench.publish();
    await bench.settle(3);
    expect(channel.record).toHaveLength(0);
    await retryByHand((await bench.row(article.id, id)).id, bench.deps);
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });
});
