import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { retryByHand } from '#src/delivery/by-hand.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { type FindableChannel, findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const hour = 3_600_000;
const link = 'https://www.bao.example/cau-moi/?utm_source=desk';
const byHand = (at: number) => ({
  id: 'desk-1',
  url: 'https://fake.example/desk-1',
  at,
  text: 'Mời đọc',
  links: [link],
});

/** A worker that looks a day back. */
const looking = () => ({
  ...bench.deps,
  settings: { ...bench.deps.settings, guards: { ...bench.deps.settings.guards, deskWindow: 24 * hour } },
});

function open(): { channel: FindableChannel; id: string } {
  const channel = findableChannel('C', bench.clock);
  return { channel, id: bench.open(channel) };
}

describe('what the newsroom posted by hand', () => {
  it('is not posted again, and is shown with its address', async () => {
    const { channel, id } = open();
    channel.own.push(byHand(bench.clock.now() - 3 * hour));
    const article = await bench.publish();
    await bench.sweep(looking());
    const row = await bench.row(article.id, id);
    expect(row).toMatchObject({
      state: 'skipped',
      reason: 'already posted by hand',
      remote: { id: 'desk-1', url: 'https://fake.example/desk-1' },
      attempts: 0,
      post: null,
    });
    expect(channel.record).toHaveLength(0);
  });

  it('is posted all the same when a person says so', async () => {
    const { channel, id } = open();
    channel.own.push(byHand(bench.clock.now()));
    const article = await bench.publish();
    await bench.sweep(looking());
    await retryByHand((await bench.row(article.id, id)).id, bench.deps);
    expect((await bench.row(article.id, id)).remote).toBeNull();
    await bench.sweep(looking());
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'id-1' } });
  });

  it('counts for as long as the settings say, and not at all where they say none', async () => {
    for (const deps of [looking(), bench.deps]) {
      const { channel, id } = open();
      channel.own.push(byHand(bench.clock.now() - (deps === bench.deps ? 0 : 25 * hour)));
      const article = await bench.publish();
      await bench.sweep(deps);
      expect((await bench.row(article.id, id)).state).toBe('sent');
      expect(channel.looks).toHaveLength(deps === bench.deps ? 0 : 1);
      bench.clear();
    }
  });

  it('is not confused with what Loa posted for another article', async () => {
    const { channel, id } = open();
    const [first, second] = [await bench.publish(), await bench.publish()];
    await bench.sweep(looking());
    bench.clock.advance(5000);
    await bench.sweep(looking());
    for (const { id: article } of [first, second]) expect((await bench.row(article, id)).state).toBe('sent');
    expect(channel.visible).toHaveLength(2);
  });

  it('never holds a post up when it cannot be seen', async () => {
    const { channel, id } = open();
    channel.trouble = new Error('the service answered 500');
    const article = await bench.publish();
    await bench.sweep(looking());
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', attempts: 1, reason: null });
  });

  it('is asked for once by many posts that go at the same time', async () => {
    const { channel } = open();
    for (let n = 0; n < 5; n++) await bench.publish();
    await bench.sweep(looking());
    expect(channel.record).toHaveLength(5);
    expect(channel.looks).toHaveLength(1);
  });

  it('is left to a person when the article is withdrawn, and stands when it is corrected', async () => {
    const { channel, id } = open();
    channel.own.push(byHand(bench.clock.now()));
    const article = await bench.publish();
    await bench.sweep(looking());
    await bench.revise(article.id, 'Bản hai của tin này');
    await bench.settle();
    await bench.withdraw(article.id);
    await bench.settle();
    const rows = (await bench.rows(article.id)).filter(({ channelId }) => channelId === id);
    expect(rows.find(({ op }) => op === 'withdraw')).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('https://fake.example/desk-1'),
    });
    expect(rows.filter(({ op, state }) => op === 'edit' && state !== 'skipped')).toEqual([]);
    expect(channel.record).toHaveLength(0);
  });
});
