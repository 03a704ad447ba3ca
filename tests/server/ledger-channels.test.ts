import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Settings } from '#src/core/settings.ts';
import { switchChannel } from '#src/server/ledger-channels.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterAll(() => bench.close());

it('resumed by a person, a channel that rests sends at once what waited for the end of its rest', async () => {
  const channel = fakeChannel('D');
  const id = bench.open(channel);
  const retryAt = bench.clock.now() + 3_600_000;
  channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'fewer requests, please', retryAt } });
  const first = await bench.publish();
  await bench.sweep();
  const second = await bench.publish();
  await bench.sweep();
  for (const { id: article } of [first, second]) expect((await bench.row(article, id)).dueAt).toBe(retryAt);

  const settings = { channels: [bench.deps.channels.get(id)!.settings] } as Settings;
  const { channel: view } = await switchChannel(bench.ledger, settings, { id, to: 'resume', now: bench.clock.now() });
  expect(view.state).toBe('active');
  await bench.sweep();
  for (const { id: article } of [first, second]) expect((await bench.row(article, id)).state).toBe('sent');
});
