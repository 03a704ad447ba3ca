import { afterAll, beforeAll, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { findableChannel } from '#tests/fakes/fake-channel.ts';
import type { ManualClock } from '#tests/fakes/manual-clock.ts';

let bench: DeliveryBench;
beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterAll(() => bench.close());

it('a post in doubt is found though our clock is an hour ahead of its service', async () => {
  const behind: ManualClock = { ...bench.clock, now: () => bench.clock.now() - 3_600_000 };
  const channel = findableChannel('C', behind);
  const id = bench.open(channel);
  channel.plan.push({ taken: true, result: new HttpFailure('reset', 'the connection broke', { sent: true }) });
  const article = await bench.publish();
  await bench.live(400);
  expect(channel.record).toHaveLength(1);
  expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'id-1' } });
});
