import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ChannelSettings } from '#src/core/settings.ts';
import { approveByHand, showDelivery } from '#src/delivery/approve.ts';
import { expireUnapproved } from '#src/delivery/expire-unapproved.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const hour = 3_600_000;

async function waiting(change: Partial<ChannelSettings> = {}, limit = 500) {
  const channel = fakeChannel('D');
  channel.limits = () => ({ length: limit, unit: 'graphemes', linkLength: null, photos: 4, altLength: null });
  const id = bench.open(channel, { approval: 'required', ...change });
  const article = await bench.publish();
  const row = await bench.row(article.id, id);
  return { channel, id, article, row };
}

const approve = (id: string, change = {}) => approveByHand(id, { by: 'anna', ...change }, bench.deps);

describe('a post that needs approval', () => {
  it('waits, however long, and is sent as it was shown', async () => {
    const { channel, row } = await waiting();
    await bench.settle(5);
    expect(channel.record).toEqual([]);
    const shown = await showDelivery(row.id, bench.deps);
    expect(shown?.post).toMatchObject({ limit: 500, unit: 'graphemes', length: expect.any(Number) });
    bench.clock.advance(20 * hour);
    expect(await approve(row.id)).toMatchObject({ state: 'waiting', reason: null, approved: { by: 'anna' } });
    await bench.settle();
    expect(channel.record.map(({ text }) => text)).toEqual([shown?.post?.text]);
    expect(await showDelivery(row.id, bench.deps)).toMatchObject({ post: { text: shown?.post?.text } });
  });

  it('is sent as approved, whatever the article becomes', async () => {
    const { channel, row, article } = await waiting();
    await approve(row.id);
    await bench.revise(article.id, 'Bản hai của tin này');
    await bench.settle(3);
    expect(channel.record.map(({ op, text }) => [op, text.includes('Bản hai')])).toEqual([['create', false]]);
    const correction = (await bench.rows(article.id)).find(({ op }) => op === 'edit')!;
    expect(correction).toMatchObject({ state: 'waiting', reason: 'waits for approval' });
    await approve(correction.id);
    await bench.settle();
    expect(channel.visible).toMatchObject([{ text: expect.stringContaining('Bản hai') }]);
  });

  it('is approved once for all readers, where each gets a post of their own', async () => {
    const channel = fakeChannel('D', { parts: () => ['an@thu.example', 'chi@thu.example'] });
    const id = bench.open(channel, { approval: 'required' });
    const article = await bench.publish();
    const other = await bench.publish();
    const row = await bench.row(article.id, id);
    await approve(row.id, { text: 'Chỉ một lần duyệt' });
    await bench.settle(5);
    expect(channel.record.map(({ text }) => text)).toEqual(['Chỉ một lần duyệt', 'Chỉ một lần duyệt']);
    expect((await bench.row(other.id, id)).approved).toBeNull();
  });

  it('may be written anew: the link stays a link, #words hashtags', async () => {
    const { channel, row } = await waiting();
    const shown = await showDelivery(row.id, bench.deps);
    const text = `Cầu đã thông xe (${shown?.post?.link}).\r\n#KỳVỹ — hạng #1`;
    await approve(row.id, { text });
    await bench.settle();
    expect(channel.record[0]!.text).toBe(text.replace('\r', ''));
    const { post } = (await bench.ledger.deliveries.get(row.id))!;
    expect(post?.segments.map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Cầu đã thông xe ('],
      ['link', shown?.post?.link],
      ['text', ').\n'],
      ['hashtag', '#KỳVỹ'],
      ['text', ' — hạng #1'],
    ]);
    expect(post?.notes).toEqual(['the text was written by anna']);
  });

  it('may lose its link, which is noted', async () => {
    const { row } = await waiting();
    await approve(row.id, { text: 'Chỉ có chữ' });
    const shown = await showDelivery(row.id, bench.deps);
    expect(shown?.post?.notes).toContain("the article's link is not in the text");
  });

  it('is refused when it is too long, with the count, and still waits', async () => {
    const { row } = await waiting({}, 100);
    await expect(approve(row.id, { text: 'ạ'.repeat(112) })).rejects.toMatchObject({
      message: 'The text counts 112 graphemes, and fake takes 100.',
      next: 'Shorten it by 12.',
    });
    await expect(approve(row.id, { text: ' \n' })).rejects.toThrow('empty');
    expect(await bench.ledger.deliveries.get(row.id)).toMatchObject({ reason: 'waits for approval', post: null });
  });

  it('is approved once, and only as it was read', async () => {
    const { row, article } = await waiting();
    await bench.revise(article.id, 'Bản hai của tin này');
    await expect(approve(row.id, { revision: 1 })).rejects.toThrow('at revision 2 now');
    await approve(row.id, { revision: 2 });
    await expect(approve(row.id)).rejects.toThrow('approved by anna already');
    await expect(approve('nothing')).rejects.toThrow('There is no delivery nothing.');
  });

  it('is not approved before its photos are done', async () => {
    bench.open(fakeChannel('A'), { approval: 'required' });
    const article = await bench.publish({ ready: false });
    const [row] = await bench.rows(article.id);
    await expect(approve(row!.id)).rejects.toThrow('photos of this revision are not done');
  });

  it('keeps the embargo, and does not grow old in it', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel, { approval: 'required' });
    const embargo = bench.clock.now() + 30 * hour;
    const article = await bench.publish({ publishedAt: new Date(embargo).toISOString() });
    const row = await bench.row(article.id, id);
    expect(await approve(row.id)).toMatchObject({ dueAt: embargo });
    bench.clock.advance(29 * hour);
    await bench.sweep();
    expect(channel.record).toEqual([]);
    bench.clock.advance(hour);
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });

  it('is cancelled when its article is withdrawn, and taking back needs no approval', async () => {
    const { channel, row, article } = await waiting();
    await bench.withdraw(article.id);
    expect(await bench.ledger.deliveries.get(row.id)).toMatchObject({ state: 'cancelled' });
    const other = await waiting();
    await approve(other.row.id);
    await bench.settle();
    await bench.withdraw(other.article.id);
    await bench.settle();
    expect(other.channel.visible).toEqual([]);
    expect(channel.record).toEqual([]);
  });
});

describe('a post that nobody approved', () => {
  it('expires with its article, not for the waiting; held, it does not', async () => {
    const { row, article } = await waiting();
    const held = await waiting();
    await bench.ledger.articles.hold(held.article.id, bench.clock.now(), []);
    bench.clock.advance(23 * hour);
    await expireUnapproved(bench.deps);
    expect((await bench.ledger.deliveries.get(row.id))?.state).toBe('waiting');
    bench.clock.advance(2 * hour);
    await expireUnapproved(bench.deps);
    expect(await bench.row(article.id, row.channelId)).toMatchObject({
      state: 'expired',
      reason: 'the article is 25 h old, and this channel posts nothing older than 24 h',
    });
    expect((await bench.ledger.deliveries.get(held.row.id))?.state).toBe('waiting');
  });
});
