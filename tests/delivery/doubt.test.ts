import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { retryByHand } from '#src/delivery/by-hand.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const minute = 60_000;
const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });
const lost = { taken: true, result: unknown } as const;
const never = { taken: false, result: unknown } as const;

const results = async (id: string) => (await bench.ledger.deliveries.attempts(id)).map(({ result }) => result);

describe('a post in doubt on a service that shows the own posts', () => {
  it('is looked for a minute later, and found', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    const began = bench.clock.now();
    await bench.sweep();
    const doubtful = await bench.row(article.id, id);
    expect(doubtful).toMatchObject({ state: 'retry', reason: expect.stringContaining('is not known'), attempts: 1 });
    expect(doubtful.dueAt).toBe(began + minute);
    await bench.live(120);
    expect(channel.looks).toEqual([began + minute]);
    expect(channel.record).toHaveLength(1);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'sent',
      reason: "found among the account's own posts",
      remote: { id: 'id-1', url: 'https://fake.example/id-1' },
      attempts: 1,
    });
    expect(await results(doubtful.id)).toEqual(['ambiguous', 'looked']);
  });

  it('is not sent by a worker that rested since before the try', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    const { channels } = bench.ledger;
    // It knows of no try, and is about to claim.
    const state: typeof channels.state = async (...asked) => {
      const seen = await channels.state(...asked);
      await bench.sweep();
      bench.clock.advance(minute);
      return seen;
    };
    const row = await bench.row(article.id, id);
    await deliverPost(row.id, { ...bench.deps, ledger: { ...bench.ledger, channels: { ...channels, state } } });
    expect(channel.record).toHaveLength(1);
    expect(await results(row.id)).toEqual(['ambiguous']);
  });

  it('is sent once more after three looks that found nothing', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never);
    const article = await bench.publish();
    const began = bench.clock.now();
    await bench.live(240);
    expect(channel.looks).toEqual([1, 2, 3].map((n) => began + n * minute));
    expect(channel.visible).toHaveLength(1);
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'sent', reason: null, attempts: 2 });
    expect(await results(row.id)).toEqual(['ambiguous', 'looked', 'looked', 'looked', 'sent']);
  });

  it('is left to a person when the second send is in doubt too, within ten minutes', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never, never);
    const article = await bench.publish();
    await bench.live(600);
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringMatching(/not found.*adopt it/) });
    expect(await results(row.id)).toEqual([
      ...['ambiguous', 'looked', 'looked', 'looked'],
      ...['ambiguous', 'looked', 'looked', 'looked'],
    ]);
    expect((await bench.alerts.open()).map(({ cause }) => cause)).toContain(`delivery:${row.id}:parked`);
  });

  it('is found though its second send was in doubt', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never, lost);
    const article = await bench.publish();
    await bench.live(600);
    expect(channel.visible).toHaveLength(1);
    expect((await bench.row(article.id, id)).state).toBe('sent');
  });

  it('is never sent again where the list may leave posts out', async () => {
    const channel = findableChannel('C', bench.clock, { complete: false });
    const id = bench.open(channel);
    channel.plan.push(never);
    const article = await bench.publish();
    await bench.live(300);
    expect(channel.record).toHaveLength(0);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'parked' });
  });

  it('is left to a person within ten minutes when the list cannot be read, with the trouble', async () => {
    const channel = findableChannel('C', bench.clock);
    channel.trouble = new HttpFailure('refused', 'nobody listens there', { sent: false });
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    await bench.live(600);
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringContaining('nobody listens there') });
    expect(new Set((await results(row.id)).slice(1))).toEqual(new Set(['not looked']));
    expect(channel.record).toHaveLength(1);
  });

  it('is found once the list can be read again', async () => {
    const channel = findableChannel('C', bench.clock);
    channel.trouble = new Error('502');
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    await bench.live(200);
    channel.trouble = undefined;
    await bench.live(120);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
  });

  it('is left to a person when the service asks for a long rest', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push({
      taken: true,
      result: { kind: 'ambiguous', reason: 'broke', retryAt: bench.clock.now() + 60 * minute },
    });
    const article = await bench.publish();
    await bench.live(600);
    expect(channel.looks).toHaveLength(0);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('could not be looked for on fake (the channel rests'),
    });
  });

  it('is looked for after hours in which nobody ran', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    await bench.sweep();
    bench.clock.advance(180 * minute);
    await bench.sweep();
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
  });

  it('of an article that was withdrawn is taken back when it stands, and ends when it does not', async () => {
    for (const outcome of [lost, never]) {
      const channel = findableChannel('C', bench.clock);
      const id = bench.open(channel);
      channel.plan.push(outcome);
      const article = await bench.publish();
      await bench.sweep();
      await bench.withdraw(article.id);
      await bench.live(300);
      expect(channel.visible).toHaveLength(0);
      const row = await bench.row(article.id, id);
      expect(row.state).toBe(outcome.taken ? 'sent' : 'cancelled');
      expect(channel.record.filter(({ op }) => op === 'create')).toHaveLength(outcome.taken ? 1 : 0);
      bench.clear();
    }
  });

  it('of an article that a person holds is looked for, and not sent', async () => {
    for (const outcome of [lost, never]) {
      const channel = findableChannel('C', bench.clock);
      const id = bench.open(channel);
      channel.plan.push(outcome);
      const article = await bench.publish();
      await bench.sweep();
      await bench.ledger.articles.hold(article.id, bench.clock.now(), []);
      await bench.live(300);
      expect((await bench.row(article.id, id)).state).toBe(outcome.taken ? 'sent' : 'retry');
      expect(channel.record).toHaveLength(outcome.taken ? 1 : 0);
      await bench.ledger.articles.release(article.id, bench.clock.now(), []);
      await bench.live(30);
      expect((await bench.row(article.id, id)).state).toBe('sent');
      expect(channel.record).toHaveLength(1);
      bench.clear();
    }
  });

  it('keeps the token out of what is said of a list that cannot be read', async () => {
    const channel = findableChannel('C', bench.clock);
    channel.trouble = new Error('no answer from https://fake.example/canary-token-1234/posts');
    const id = bench.open(channel);
    channel.plan.push(lost);
    const article = await bench.publish();
    await bench.live(100);
    const row = await bench.row(article.id, id);
    expect(row.reason).toContain('no answer from https://fake.example/***/posts');
    expect(JSON.stringify([row, await bench.ledger.deliveries.attempts(row.id)])).not.toContain('canary');
  });

  it('goes out once more when a person says so, and only then', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never, never, never);
    const article = await bench.publish();
    await bench.live(600);
    const { id: row } = await bench.row(article.id, id);
    await retryByHand(row, bench.deps);
    await bench.live(600);
    expect(channel.plan).toEqual([]);
    expect((await bench.row(article.id, id)).state).toBe('parked');
    await retryByHand(row, bench.deps);
    await bench.live(20);
    expect((await bench.row(article.id, id)).state).toBe('sent');
    expect(channel.record).toHaveLength(1);
  });

  it('is looked for when the service may have forgotten its key', async () => {
    const channel = findableChannel('A', bench.clock, { keepsKeys: 50 * minute });
    const id = bench.open(channel);
    const retryAt = bench.clock.now() + 60 * minute;
    channel.plan.push({ taken: true, result: { kind: 'ambiguous', reason: 'broke', retryAt } });
    const article = await bench.publish();
    await bench.settle(80);
    expect(channel.record).toHaveLength(1);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', reason: expect.stringContaining('found') });
  });
});
