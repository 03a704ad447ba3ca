import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { HttpFailure } from '#src/core/errors.ts';
import { deliverPost } from '#src/delivery/deliver.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, fakeChannelWithUploads } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const pace = channelSettings('any').pace;
const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });

describe('a post', () => {
  it('is sent once, with its headline, link and hashtags', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel);
    const article = await bench.publish();
    await bench.settle();
    await bench.sweep();
    expect(channel.record).toHaveLength(1);
    expect(channel.record[0]!.text).toContain('Cầu mới bắc qua sông Kỳ Vỹ');
    expect(channel.record[0]!.text).toContain('https://bao.example/cau-moi\n#GiaoThông #ĐôThị');
    expect(await bench.row(article.id, id)).toMatchObject({
      state: 'sent',
      reason: null,
      remote: { id: expect.stringMatching(/id-/) },
    });
  });

  it('tells what it went out without, in the list of its tries', async () => {
    const channel = fakeChannel('A', {
      prepare: async () => ({ notes: ['photo 2 of 3 left out: its file is gone'] }),
      publish: async () => ({ kind: 'sent', id: 'id-1', url: null, notes: ['the service took no canary-token photo'] }),
    });
    const id = bench.open(channel, { settings: { token: 'canary-token' } });
    const article = await bench.publish();
    await bench.settle();
    const [attempt] = await bench.ledger.deliveries.attempts((await bench.row(article.id, id)).id);
    expect(attempt).toMatchObject({
      result: 'sent',
      detail: 'photo 2 of 3 left out: its file is gone. the service took no *** photo',
    });
  });

  it('is sent once when two workers take its row at the same time', async () => {
    const channel = fakeChannel('D');
    const id = bench.open(channel);
    const article = await bench.publish();
    const row = await bench.row(article.id, id);
    await Promise.all([1, 2, 3, 4].map(() => deliverPost(row.id, bench.deps)));
    expect(channel.record).toHaveLength(1);
  });

  it('says the same at a second try, even when the article changed', async () => {
    const channel = fakeChannel('A');
    bench.open(channel);
    channel.plan.push({ taken: false, result: { kind: 'notSent', reason: 'busy' } });
    const article = await bench.publish({ headline: 'Bản đầu của tin này' });
    await bench.sweep();
    await bench.revise(article.id, 'Bản hai của tin này');
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'edit']);
    expect(channel.record[0]!.text).toContain('Bản đầu');
    expect(channel.visible).toMatchObject([{ text: expect.stringContaining('Bản hai') }]);
  });

  it('carries the newest revision when it waited, and then needs no edit', async () => {
    const channel = fakeChannel('A');
    bench.open(channel, { pace: { ...pace, settle: 120_000 } });
    const article = await bench.publish();
    await bench.revise(article.id, 'Bản hai của tin này');
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create']);
    expect(channel.record[0]!.text).toContain('Bản hai');
  });

  it('uploads once, however often it is sent', async () => {
    const channel = fakeChannelWithUploads('A');
    bench.open(channel);
    channel.plan.push({ taken: true, result: unknown }, { taken: false, result: { kind: 'notSent', reason: 'busy' } });
    await bench.publish();
    await bench.settle();
    expect(channel.uploads).toBe(1);
    expect(channel.visible).toHaveLength(1);
  });
});

describe('a withdrawal', () => {
  it('takes a post back', async () => {
    const channel = fakeChannel('A');
    bench.open(channel);
    const article = await bench.publish();
    await bench.settle();
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'withdraw']);
    expect(channel.visible).toHaveLength(0);
  });

  it('keeps a post from going out', async () => {
    const channel = fakeChannel('A');
    const id = bench.open(channel, { pace: { ...pace, settle: 120_000 } });
    const article = await bench.publish();
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.record).toHaveLength(0);
    expect((await bench.row(article.id, id)).state).toBe('cancelled');
  });

  it('is left to a person where posts cannot be taken back', async () => {
    const channel = fakeChannel('D');
    delete channel.withdraw;
    bench.open(channel);
    const article = await bench.publish();
    await bench.settle();
    await bench.withdraw(article.id);
    await bench.settle();
    const row = (await bench.rows(article.id)).find(({ op }) => op === 'withdraw');
    expect(row).toMatchObject({ state: 'parked', reason: expect.stringContaining('https://fake.example/') });
  });

  it('is repeated when its outcome is not known', async () => {
    const channel = fakeChannel('D');
    bench.open(channel);
    const article = await bench.publish();
    await bench.settle();
    channel.plan.push({ taken: true, result: unknown });
    await bench.withdraw(article.id);
    await bench.settle();
    expect((await bench.rows(article.id)).map(({ state }) => state)).toEqual(['sent', 'sent']);
  });
});
