import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { deliverPost } from '#src/delivery/deliver.ts';
import { doomedWorker } from '#tests/fakes/crash.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FakeChannel, fakeChannelWithUploads, findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;
let runs = 0;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

/** Kills a worker at one point, then lets a healthy one clean up. False: it ended before that point. */
async function crashAt(point: number, channel: FakeChannel) {
  const channelId = `crash-${++runs}`;
  bench.clear();
  bench.add(channel, channelSettings(channelId));
  const article = await bench.publish();
  const { id } = await bench.row(article.id, channelId);
  const doomed = doomedWorker(bench.deps, point);
  const ended = await Promise.race([deliverPost(id, doomed.deps), doomed.died]);
  await bench.settle();
  return { died: ended === 'died', row: await bench.row(article.id, channelId) };
}

describe('a worker killed at any point', () => {
  it('shows one post where keys are remembered', async () => {
    for (let point = 0, died = true; died; point++) {
      const channel = fakeChannelWithUploads('A');
      const run = await crashAt(point, channel);
      died = run.died;
      expect.soft(channel.visible, `killed at call ${point}`).toHaveLength(1);
      expect.soft(run.row.state, `killed at call ${point}`).toBe('sent');
      if (!died) expect(point).toBeGreaterThan(15);
    }
  });

  it('never shows two where they are not', async () => {
    let parked = 0;
    for (let point = 0, died = true; died; point++) {
      const channel = fakeChannelWithUploads('D');
      const run = await crashAt(point, channel);
      died = run.died;
      expect.soft(channel.record.length, `killed at call ${point}`).toBeLessThanOrEqual(1);
      expect.soft(['sent', 'parked'], `killed at call ${point}`).toContain(run.row.state);
      if (run.row.state === 'sent') expect.soft(channel.visible).toHaveLength(1);
      else parked += 1;
    }
    expect(parked).toBeGreaterThan(0);
  });

  it.each([true, false])('never shows two where own posts can be looked for (all of them: %s)', async (complete) => {
    for (let point = 0, died = true; died; point++) {
      const channel = findableChannel('C', bench.clock, { complete });
      const run = await crashAt(point, channel);
      died = run.died;
      expect.soft(channel.record.length, `killed at call ${point}`).toBeLessThanOrEqual(1);
      if (complete) expect.soft(run.row.state, `killed at call ${point}`).toBe('sent');
      if (run.row.state === 'sent') expect.soft(channel.visible, `killed at call ${point}`).toHaveLength(1);
    }
  });

  it('is put aside after three deaths over one post', async () => {
    const channel = fakeChannelWithUploads('A');
    const channelId = `crash-${++runs}`;
    bench.add(channel, channelSettings(channelId));
    const article = await bench.publish();
    const { id } = await bench.row(article.id, channelId);
    for (let death = 0; death < 3; death++) {
      const doomed = doomedWorker(bench.deps, 'publish');
      expect(await Promise.race([deliverPost(id, doomed.deps), doomed.died])).toBe('died');
      bench.clock.advance(300_000);
      await bench.sweep();
      bench.clock.advance(300_000);
    }
    await bench.settle();
    expect(await bench.row(article.id, channelId)).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('3 times'),
    });
    expect(channel.visible).toHaveLength(0);
  });
});
