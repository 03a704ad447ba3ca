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

const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });

/** A post that stands, on a channel that tells corrections below it. */
async function posted(guarantee: 'A' | 'C' | 'D') {
  const channel = findableChannel(guarantee, bench.clock);
  if (guarantee === 'D') delete channel.find;
  const id = bench.open(channel, { corrections: 'reply', withdrawals: 'reply' });
  const article = await bench.publish();
  await bench.settle();
  expect((await bench.row(article.id, id)).state).toBe('sent');
  const edit = async () => (await bench.rows(article.id)).find(({ op }) => op === 'edit')!;
  return { channel, id, article, edit };
}

describe('a correction that is told below the post', () => {
  it('is one more post, and the first stands as it was', async () => {
    const { channel, article, edit } = await posted('D');
    await bench.revise(article.id, 'Cầu mới thông xe sớm hơn');
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'reply']);
    expect(channel.visible).toHaveLength(2);
    expect(await edit()).toMatchObject({ state: 'sent', asReply: true, remote: { id: 'id-2' } });
  });

  it.each(['C', 'D'] as const)(
    'is never repeated by itself when its outcome is not known (class %s)',
    async (guarantee) => {
      const { channel, article, edit } = await posted(guarantee);
      channel.plan.push({ taken: false, result: unknown });
      await bench.revise(article.id, 'Cầu mới thông xe sớm hơn');
      await bench.settle();
      expect(channel.record).toHaveLength(1);
      expect(await edit()).toMatchObject({ state: 'parked' });
    },
  );

  it('is found by its very words', async () => {
    const { channel, article, edit } = await posted('C');
    channel.plan.push({ taken: true, result: unknown });
    await bench.revise(article.id, 'Cầu mới thông xe sớm hơn');
    await bench.settle();
    expect(channel.record).toHaveLength(2);
    expect(await edit()).toMatchObject({ state: 'sent', remote: { id: 'id-2' } });
  });

  it('is repeated with its key where the service knows it', async () => {
    const { channel, article, edit } = await posted('A');
    channel.plan.push({ taken: true, result: unknown });
    await bench.revise(article.id, 'Cầu mới thông xe sớm hơn');
    await bench.settle();
    expect(channel.record).toHaveLength(3);
    expect(channel.visible).toHaveLength(2);
    expect((await edit()).state).toBe('sent');
  });

  it('is left out where posts cannot be answered', async () => {
    const { channel, article } = await posted('D');
    const { reply: _reply, ...mute } = channel;
    await bench.revise(article.id, 'Cầu mới thông xe sớm hơn');
    const [one] = [...bench.deps.channels.values()];
    bench.clear();
    bench.add(mute, one!.settings);
    await bench.settle();
    const rows = (await bench.rows(article.id)).filter(({ op }) => op === 'edit');
    expect(rows).toMatchObject([{ state: 'skipped', reason: expect.stringContaining('cannot be answered') }]);
    expect(channel.record).toHaveLength(1);
  });
});
