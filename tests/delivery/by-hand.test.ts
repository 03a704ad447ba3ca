import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { adoptByHand, cancelByHand, retryByHand } from '#src/delivery/by-hand.ts';
import { type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, fakeChannelWithUploads } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });

/** A post that stands there, and whose answer was lost. */
async function shownUnknown() {
  const channel = fakeChannel('D', { idOf: (url) => url.slice(url.lastIndexOf('/') + 1) });
  const id = bench.open(channel);
  channel.plan.push({ taken: true, result: unknown });
  const article = await bench.publish();
  await bench.settle();
  const create = await bench.row(article.id, id);
  return { channel, article, create };
}

describe('a person', () => {
  it('may let a parked post go again, or say where it stands, or end it', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    const parked = async () => {
      channel.plan.push({ taken: false, result: unknown });
      const article = await bench.publish();
      await bench.settle();
      return (await bench.row(article.id, id)).id;
    };
    const [again, adopted, ended] = [await parked(), await parked(), await parked()];
    await retryByHand(again, bench.deps);
    await adoptByHand(adopted, 'https://fake.example/id-9', bench.deps);
    await cancelByHand(ended, bench.deps);
    await bench.settle();
    const states = await Promise.all([again, adopted, ended].map((row) => bench.ledger.deliveries.get(row)));
    expect(states.map((row) => row?.state)).toEqual(['sent', 'sent', 'cancelled']);
    expect(states[1]?.remote?.url).toBe('https://fake.example/id-9');
    expect(channel.record).toHaveLength(1);
    await expect(cancelByHand(again, bench.deps)).rejects.toThrow(/is sent: only one that is/);
    await expect(retryByHand('nowhere', bench.deps)).rejects.toThrow(/no delivery nowhere/);
  });

  it('sends the newest text of a post that nobody can have seen, and the same text where somebody may have', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    const [refused, lost] = [await bench.publish(), await bench.publish()];
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'item', reason: 'too long' } });
    channel.plan.push({ taken: false, result: unknown });
    await bench.settle();
    for (const { id: article } of [refused, lost]) await bench.revise(article, 'Bản sửa sau');
    await bench.settle();
    for (const { id: article } of [refused, lost]) await retryByHand((await bench.row(article, id)).id, bench.deps);
    await bench.sweep();
    expect(channel.record.map(({ text }) => text.includes('Bản sửa sau'))).toEqual([true, false]);
  });

  it.each(['before', 'after'])('has a post that came after all corrected, revised %s it was given up', async (when) => {
    const { channel, article, create } = await shownUnknown();
    if (when === 'before') await bench.revise(article.id, 'Bản mới nhất');
    await cancelByHand(create.id, bench.deps);
    if (when === 'after') await bench.revise(article.id, 'Bản mới nhất');
    await bench.settle();
    expect(channel.record).toMatchObject([{ op: 'create' }]);
    await adoptByHand(create.id, `https://fake.example/${channel.visible[0]!.id}`, bench.deps);
    await bench.settle();
    expect(channel.record.slice(1)).toMatchObject([{ op: 'edit', text: expect.stringContaining('Bản mới nhất') }]);
  });

  it('has a post that came after all taken back, withdrawn after it was given up', async () => {
    const { channel, article, create } = await shownUnknown();
    await cancelByHand(create.id, bench.deps);
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.visible).toHaveLength(1);
    await adoptByHand(create.id, `https://fake.example/${channel.visible[0]!.id}`, bench.deps);
    await bench.settle();
    expect(channel.visible).toEqual([]);
  });

  it('names a post of their own that stands there before ours was sent: nothing is sent, and it is theirs to change', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    const article = await bench.publish();
    const create = await bench.row(article.id, id);
    expect(create.state).toBe('waiting');
    await expect(adoptByHand(create.id, 'javascript:alert(1)', bench.deps)).rejects.toThrow(/no address of a post/);
    await adoptByHand(create.id, 'https://fake.example/theirs', bench.deps);
    await bench.revise(article.id, 'Bản sửa sau');
    await bench.settle();
    expect(channel.record).toEqual([]);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', post: null });
    const rows = await bench.ledger.deliveries.list({ articleIds: [article.id], limit: 10 });
    expect(rows.find(({ op }) => op === 'edit')).toMatchObject({
      state: 'skipped',
      reason: 'it was posted by hand at https://fake.example/theirs: correct it there',
    });
  });

  it('may leave it at a refusal, and is reminded of it no more', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'item', reason: 'too long' } });
    const article = await bench.publish();
    await bench.settle();
    const row = await bench.row(article.id, id);
    const isTold = async () => (await bench.alerts.open()).some(({ cause }) => cause.includes(row.id));
    expect([row.state, await isTold()]).toEqual(['dead', true]);
    await cancelByHand(row.id, bench.deps);
    expect([(await bench.row(article.id, id)).state, await isTold()]).toEqual(['cancelled', false]);
  });

  it('names a post by an address that the service knows, and hears what one looks like', async () => {
    const channel = fakeChannel('D', {
      idOf: (url) => /^https:\/\/fake\.example\/(id-\d+)$/.exec(url)?.[1] ?? null,
      postAddress: 'https://fake.example/ID',
    });
    const id = bench.open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.settle();
    const { id: row } = await bench.row(article.id, id);
    await expect(adoptByHand(row, 'https://fake.example/@us', bench.deps)).rejects.toMatchObject({
      message: '"https://fake.example/@us" is no address of a post on fake',
      next: 'It looks like this: https://fake.example/ID',
    });
    await adoptByHand(row, 'https://fake.example/id-1', bench.deps);
    expect(await bench.row(article.id, id)).toMatchObject({ state: 'sent', remote: { id: 'id-1' } });
    channel.plan.push({ taken: true, result: unknown });
    const other = await bench.publish();
    await bench.settle();
    const otherRow = (await bench.row(other.id, id)).id;
    await expect(adoptByHand(otherRow, 'https://fake.example/id-1', bench.deps)).rejects.toThrow(/another article/);
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.visible.map((post) => post.id)).toEqual(['id-2']);
  });

  it('has uploads made anew that an earlier try may have used up, and keeps what serves every try', async () => {
    for (const [preparesForOne, uploads] of [
      [true, 2],
      [false, 1],
    ] as const) {
      const channel = Object.assign(fakeChannelWithUploads('D'), preparesForOne && { preparesForOne });
      const id = bench.open(channel);
      channel.plan.push({ taken: true, result: unknown });
      const article = await bench.publish();
      await bench.settle();
      const row = await bench.row(article.id, id);
      expect(row).toMatchObject({ state: 'parked', prepared: expect.anything() });
      await retryByHand(row.id, bench.deps);
      await bench.settle();
      expect((await bench.row(article.id, id)).state).toBe('sent');
      expect(channel.uploads).toBe(uploads);
    }
  });

  it('changes nothing of what is prepared for a try that is still to come', async () => {
    const channel = Object.assign(fakeChannelWithUploads('D'), { preparesForOne: true } as const);
    const id = bench.open(channel);
    channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    const article = await bench.publish();
    await bench.settle(1);
    const row = await bench.row(article.id, id);
    expect(row.state).toBe('retry');
    await retryByHand(row.id, bench.deps);
    await bench.settle();
    expect(channel.uploads).toBe(1);
  });

  it('changes a post by hand where its address is all that is known', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.settle();
    await adoptByHand((await bench.row(article.id, id)).id, 'https://fake.example/somewhere', bench.deps);
    await bench.withdraw(article.id);
    await bench.settle();
    const row = (await bench.rows(article.id)).find(({ op }) => op === 'withdraw');
    expect(row).toMatchObject({
      state: 'parked',
      reason: expect.stringContaining('by hand at https://fake.example/somewhere'),
    });
    expect(channel.record.map(({ op }) => op)).toEqual(['create']);
  });

  it('approves what waits for that', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel, { approval: 'required' });
    const article = await bench.publish();
    await bench.settle(3);
    expect(channel.record).toHaveLength(0);
    await retryByHand((await bench.row(article.id, id)).id, bench.deps);
    await bench.settle();
    expect(channel.record).toHaveLength(1);
  });
});
