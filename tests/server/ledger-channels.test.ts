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

it('resumed by a person, a paused channel sends at once what was put off, which says no more that it is paused', async () => {
  const channel = fakeChannel('D');
  const id = bench.open(channel);
  const settings = { channels: [bench.deps.channels.get(id)!.settings] } as Settings;
  channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'channel', reason: 'a wrong token' } });
  const { id: article } = await bench.publish();
  await bench.sweep();
  expect((await bench.row(article, id)).reason).toBe('the channel is paused: a wrong token');
  await switchChannel(bench.ledger, settings, { id, to: 'resume', now: bench.clock.now() });
  expect(await bench.row(article, id)).toMatchObject({ state: 'retry', reason: null });
  await bench.sweep();
  expect((await bench.row(article, id)).state).toBe('sent');
});

it('resumed by a person, a channel still waits for what its posts need a person for', async () => {
  const channel = fakeChannel('D');
  const id = bench.open(channel, { approval: 'required' });
  const settings = { channels: [bench.deps.channels.get(id)!.settings] } as Settings;
  const { id: article } = await bench.publish();
  const now = bench.clock.now();
  await bench.ledger.channels.state(id, now);
  await bench.ledger.channels.update(id, { openUntil: now + 60_000 });
  await switchChannel(bench.ledger, settings, { id, to: 'resume', now });
  await bench.sweep();
  expect(channel.record).toEqual([]);
  const waiting = await bench.row(article, id);
  expect(waiting).toMatchObject({ state: 'waiting', reason: 'waits for approval' });
  expect(waiting.dueAt).toBeGreaterThan(Date.UTC(2200, 0));
  // Nor does it go where something else made it due.
  await bench.ledger.deliveries.move(waiting.id, ['waiting'], 'waiting', { reason: waiting.reason, dueAt: now, now });
  await bench.sweep();
  expect(channel.record).toEqual([]);
});
