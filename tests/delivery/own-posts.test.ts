import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
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
const never = { taken: false, result: unknown } as const;
const stands = 'https://bao.example/cau-moi';

describe('our own post', () => {
  it.each([
    ['hours older than the first try', { at: -180 * minute, links: [stands] }],
    ['about another article', { at: 0, links: [`${stands}-khac`] }],
  ])('is not taken for one %s', async (_name, { at, links }) => {
    const channel = findableChannel('C', bench.clock, { complete: false });
    const id = bench.open(channel);
    channel.own.push({ id: 'x', url: null, at: bench.clock.now() + at, text: 'khác', links });
    channel.plan.push(never);
    const article = await bench.publish();
    await bench.live(300);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'parked' });
  });

  it('is not taken for one that another row acts on', async () => {
    const channel = findableChannel('C', bench.clock, { complete: false });
    const id = bench.open(channel);
    const first = await bench.publish();
    await bench.sweep();
    expect((await bench.row(first.id, id)).state).toBe('sent');
    channel.plan.push(never);
    const second = await bench.publish();
    await bench.live(300);
    expect((await bench.row(second.id, id)).state).toBe('parked');
  });

  it.each(['http://www.bao.example/cau-moi/', 'https://bao.example/cau-moi?utm_source=x&fbclid=1#top'])(
    'is known by its address as %s',
    async (link) => {
      const channel = findableChannel('C', bench.clock);
      const id = bench.open(channel);
      channel.plan.push(never);
      const article = await bench.publish();
      await bench.sweep();
      channel.own.push({ id: 'seen', url: null, at: bench.clock.now(), text: '', links: [link] });
      await bench.live(120);
      expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'seen' } });
    },
  );

  it('is not what the desk wrote of the article meanwhile: that is left as it is, and ours is not sent again', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push(never);
    const article = await bench.publish();
    await bench.sweep();
    const byHand = { id: 'desk', url: 'https://fake.example/desk', text: 'Mời bạn đọc xem ngay', links: [stands] };
    channel.own.push({ ...byHand, at: bench.clock.now() });
    await bench.live(300);
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'skipped',
      reason: 'already posted by hand',
      remote: { id: 'desk' },
    });
    await bench.revise(article.id, 'Cầu mới thông xe sớm hơn');
    await bench.settle();
    expect(channel.record).toHaveLength(0);
  });

  it('is known though the service shows its text without the end and with a short address', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.sweep();
    const [own] = channel.own;
    own!.text = own!.text.replace(stands, 'bao.example/cau-…').replace(/\n#.*/s, '');
    await bench.live(120);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'id-1' } });
  });

  it('is preferred to what the desk wrote', async () => {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    const at = bench.clock.now();
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    channel.own.push({ id: 'desk', url: null, at, text: 'Mời bạn đọc xem ngay', links: [stands] });
    await bench.live(120);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'id-1' } });
  });
});
