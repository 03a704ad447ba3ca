import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ChannelSettings } from '#src/core/settings.ts';
import { approveByHand } from '#src/delivery/approve.ts';
import { previewArticle } from '#src/delivery/preview.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

async function published(change: Partial<ChannelSettings> = {}) {
  const channel = fakeChannel('D');
  const id = bench.open(channel, change);
  const article = await bench.publish({ headline: 'Cầu mới thông xe' });
  const look = async () => (await previewArticle(article.id, id, bench.deps))!.posts[0]!;
  return { channel, id, article, look };
}

const seen = ({ record }: ReturnType<typeof fakeChannel>) => record.map(({ text }) => text);

describe('the preview of an article with a row on the channel', () => {
  test('is what the row will carry, then what it carried', async () => {
    const { channel, look } = await published();
    const before = await look();
    expect(before.notes).toEqual([]);
    await bench.settle();
    expect(seen(channel)).toEqual([before.text]);
    expect(await look()).toMatchObject({ text: before.text, notes: ['sent already: https://fake.example/id-1'] });
  });

  test('is the frozen post once it was tried, whatever the article becomes', async () => {
    const { channel, article, look } = await published();
    channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    const before = await look();
    await bench.sweep();
    await bench.revise(article.id, 'Cầu mới chưa thông xe');
    const after = await look();
    expect(after.text).toBe(before.text);
    expect(after.notes[0]).toMatch(/^sent as composed at its first try/);
    await bench.settle();
    expect(seen(channel)[0]).toBe(before.text);
  });

  test('is the text that a person approved', async () => {
    const { channel, id, article, look } = await published({ approval: 'required' });
    const row = await bench.row(article.id, id);
    await approveByHand(row.id, { by: 'anna', text: 'Cầu thông xe rồi https://bao.example/cau-moi' }, bench.deps);
    await bench.revise(article.id, 'Cầu mới chưa thông xe');
    const shown = await look();
    expect(shown.text).toBe('Cầu thông xe rồi https://bao.example/cau-moi');
    expect(shown.notes[0]).toMatch(/^sent as approved by anna at 2026-/);
    await bench.sweep();
    expect(seen(channel)[0]).toBe(shown.text);
  });

  test('of a corrected article is the correction that comes next', async () => {
    const { channel, article, look } = await published();
    await bench.settle();
    await bench.revise(article.id, 'Cầu mới chưa thông xe');
    const shown = await look();
    expect(shown.text).toContain('Cầu mới chưa thông xe');
    expect(shown.notes).toContain('a post of an earlier revision was sent: https://fake.example/id-1');
    await bench.settle();
    expect(seen(channel).at(-1)).toBe(shown.text);
    expect((await look()).notes[0]).toMatch(/^sent already/);
  });

  test('says why a row goes nowhere', async () => {
    const { channel, look } = await published();
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'item', reason: 'it says no' } });
    await bench.settle();
    const { notes } = await look();
    expect(notes.join('\n')).toMatch(/it says no/);
  });
});
