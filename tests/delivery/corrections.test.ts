import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Channel } from '#src/channels/channel.ts';
import { HttpFailure } from '#src/core/errors.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { adoptByHand } from '#src/delivery/by-hand.ts';
import { channelSettings, type DeliveryBench, openDeliveryBench } from '#tests/fakes/delivery-bench.ts';
import { fakeChannel, findableChannel } from '#tests/fakes/fake-channel.ts';

let bench: DeliveryBench;

beforeAll(async () => {
  bench = await openDeliveryBench();
});
afterEach(() => bench.clear());
afterAll(() => bench.close());

const { pace } = channelSettings('any');
const unknown = new HttpFailure('reset', 'the connection broke', { sent: true });

async function posted(change: Partial<ChannelSettings> = {}, extra: Partial<Channel> = {}) {
  const channel = findableChannel('C', bench.clock, extra);
  const id = bench.open(channel, { pace: { ...pace, settle: 120_000 }, ...change });
  const article = await bench.publish();
  bench.clock.advance(120_000);
  await bench.settle();
  const ops = () => channel.record.map(({ op }) => op);
  const last = async (op: string) => (await bench.rows(article.id)).findLast((row) => row.op === op);
  return { channel, id, article, ops, last };
}

describe('corrections', () => {
  it('within a minute are one, with the last words', async () => {
    const { channel, article, ops } = await posted();
    for (const headline of ['Bản hai', 'Bản ba', 'Bản tư']) {
      await bench.revise(article.id, headline);
      bench.clock.advance(20_000);
      await bench.sweep();
    }
    await bench.settle();
    expect(ops()).toEqual(['create', 'edit']);
    expect(channel.visible).toMatchObject([{ text: expect.stringContaining('Bản tư') }]);
  });

  it('told in a reply are one as well, in the words of the language, and the post stands as it was', async () => {
    const { channel, article, ops } = await posted({ corrections: 'reply' });
    await bench.revise(article.id, 'Bản hai');
    bench.clock.advance(30_000);
    await bench.revise(article.id, 'Bản ba');
    await bench.settle();
    expect(ops()).toEqual(['create', 'reply']);
    expect(channel.record[1]!.text).toMatch(/^Đính chính: Bản ba\n\n.+\n\nhttps:\/\/bao\.example\/cau-moi$/);
  });

  it('told in a reply may have a template of their own', async () => {
    const compose = { ...channelSettings('any').compose, correction: 'SỬA: {{headline}} ({{section}})' };
    const { channel, article } = await posted({ corrections: 'reply', compose });
    await bench.revise(article.id, 'Bản hai');
    await bench.settle();
    expect(channel.record[1]!.text).toBe('SỬA: Bản hai (Thời sự)');
  });

  it('of slips alone change the post only where nobody is told of it', async () => {
    const silent = await posted();
    await bench.revise(silent.article.id, 'Cầu mới bắc qua sông Kỳ Vĩ', ['typo']);
    await bench.settle();
    expect(silent.ops()).toEqual(['create', 'edit']);
    for (const of of [[{}, { editNotifies: true }], [{ corrections: 'reply' }]] as Parameters<typeof posted>[]) {
      bench.clear();
      const loud = await posted(...of);
      await bench.revise(loud.article.id, 'Cầu mới bắc qua sông Kỳ Vĩ', ['typo']);
      await bench.settle();
      expect(loud.ops()).toEqual(['create']);
    }
  });

  it('that change nothing in the post tell nobody of it', async () => {
    const { article, ops, last } = await posted({}, { editNotifies: true });
    await bench.revise(article.id, 'Bản hai');
    await bench.settle();
    await bench.revise(article.id, 'Bản hai', ['attachments']);
    await bench.settle();
    expect(ops()).toEqual(['create', 'edit']);
    expect(await last('edit')).toMatchObject({ state: 'skipped', reason: 'the post says the same already' });
  });

  it('wait while nobody knows whether the post stands, and never post it again', async () => {
    const channel = findableChannel('D', bench.clock);
    delete channel.find;
    const id = bench.open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.settle(3);
    await bench.revise(article.id, 'Bản hai');
    await bench.settle(10);
    expect(channel.record.map(({ op }) => op)).toEqual(['create']);
    const create = await bench.row(article.id, id);
    expect(create.state).toBe('parked');
    channel.idOf = () => 'id-1';
    await adoptByHand(create.id, 'https://fake.example/id-1', bench.deps);
    await bench.settle();
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'edit']);
    expect(channel.visible).toMatchObject([{ text: expect.stringContaining('Bản hai') }]);
  });

  it('go to each reader of a channel that has several, and one failing holds up nobody', async () => {
    const channel = fakeChannel('D', { parts: () => ['an@bao.example', 'binh@bao.example'] });
    const id = bench.open(channel, { pace: { ...pace, gap: 300_000, perHour: 1 } });
    channel.plan.push({ taken: false, result: { kind: 'permanent', scope: 'item', reason: 'no such mailbox' } });
    const article = await bench.publish();
    await bench.settle(3);
    const creates = await bench.rows(article.id);
    expect(creates.map(({ part, state }) => [part, state]).sort()).toEqual([
      ['an@bao.example', 'dead'],
      ['binh@bao.example', 'sent'],
    ]);
    expect(new Set(creates.map(({ key }) => key)).size).toBe(2);
    await bench.revise(article.id, 'Bản hai');
    await bench.settle(3);
    const edits = (await bench.rows(article.id)).filter(({ op }) => op === 'edit');
    expect(edits.find(({ part }) => part === 'binh@bao.example')).toMatchObject({ channelId: id, state: 'sent' });
    expect(edits.find(({ part }) => part === 'an@bao.example')).toMatchObject({
      state: 'skipped',
      reason: 'nothing to correct: no post of it is known (dead)',
    });
    await bench.withdraw(article.id);
    await bench.settle(3);
    const withdrawals = (await bench.rows(article.id)).filter(({ op }) => op === 'withdraw');
    expect(withdrawals).toMatchObject([{ part: 'binh@bao.example', state: 'sent' }]);
  });
});

describe('taking a post back', () => {
  it('is told by the last revision, so that who compares them does not take it for older news', async () => {
    const revisions: number[] = [];
    const withdraw: Channel['withdraw'] = async ({ post, remote }) => {
      revisions.push(post.article.revision);
      return { kind: 'sent', id: remote!.id, url: null };
    };
    const { article } = await posted({}, { withdraw });
    await bench.revise(article.id, 'Bản hai');
    await bench.settle(3);
    await bench.withdraw(article.id);
    await bench.settle(3);
    expect(revisions).toEqual([2]);
  });
});

describe('a post that was written by hand', () => {
  async function byHand(state: 'skipped' | 'sent') {
    const channel = findableChannel('C', bench.clock);
    const id = bench.open(channel);
    const article = await bench.publish();
    const { id: row } = await bench.row(article.id, id);
    const remote = { id: 'desk-1', url: 'https://fake.example/desk-1' };
    await bench.ledger.deliveries.move(row, ['waiting'], state, { reason: null, remote, now: bench.clock.now() });
    return { channel, article };
  }

  it.each(['skipped', 'sent'] as const)(
    '(%s) is corrected and taken back by a person, who is told where',
    async (state) => {
      const { channel, article } = await byHand(state);
      await bench.revise(article.id, 'Bản hai');
      await bench.settle(3);
      await bench.withdraw(article.id);
      await bench.settle(3);
      const rows = (await bench.rows(article.id)).filter(({ op }) => op !== 'create');
      expect(rows.map(({ op, state, reason }) => [op, state, reason])).toEqual([
        ['edit', 'skipped', 'it was posted by hand at https://fake.example/desk-1: correct it there'],
        [
          'withdraw',
          'parked',
          'it was posted by hand at https://fake.example/desk-1: take it back there, then cancel this row',
        ],
      ]);
      expect(channel.record).toEqual([]);
    },
  );
});

describe('a withdrawal', () => {
  it('is told in a reply where the settings say so, without a link to what is gone', async () => {
    const { channel, article, ops, last } = await posted({ withdrawals: 'reply' });
    await bench.withdraw(article.id);
    await bench.settle();
    expect(ops()).toEqual(['create', 'reply']);
    expect(channel.record[1]!.text).toBe('Bài viết này đã được gỡ.\n\nCầu mới bắc qua sông Kỳ Vỹ');
    expect(await last('withdraw')).toMatchObject({ state: 'sent', asReply: true, post: { link: '', photos: [] } });
  });

  it('says why where nothing can be taken back', async () => {
    const irrevocable = 'mail that was sent cannot be taken back';
    const { article, ops, last } = await posted({}, { irrevocable });
    await bench.withdraw(article.id);
    await bench.settle();
    expect(ops()).toEqual(['create']);
    expect(await last('withdraw')).toMatchObject({ state: 'skipped', reason: irrevocable });
  });

  it('of a post in doubt waits until it is known, then takes it back', async () => {
    const channel = findableChannel('C', bench.clock);
    bench.open(channel);
    channel.plan.push({ taken: true, result: unknown });
    const article = await bench.publish();
    await bench.sweep();
    await bench.withdraw(article.id);
    await bench.settle();
    expect(channel.visible).toEqual([]);
    expect(channel.record.map(({ op }) => op)).toEqual(['create', 'withdraw']);
  });
});
