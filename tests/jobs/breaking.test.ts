import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { pollSource } from '#jobs/poll-source.ts';
import { publishArticle } from '#jobs/publish-article.ts';
import { readArticle } from '#jobs/read-article.ts';
import { withdraw } from '#jobs/withdraw-article.ts';
import { board } from '#src/channels/board.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { createRow, editRow, newArticle, newRevision } from '#tests/contracts/ledger/samples.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

const url = 'https://bao.example/ket-qua-781204.html';

let bench: JobBench;

beforeAll(async () => {
  bench = await openJobBench();
});
beforeEach(() => bench.reset());
afterAll(() => bench.close());

test('the job of breaking news goes before all others of its channel', async () => {
  const { ledger } = bench.deps;
  const channels = bench.deps.channels as Map<string, unknown>;
  channels.set('press', { settings: channelSettings('press', { kind: 'board' }), channel: board });
  const deliveries = [createRow('board', { urgent: true }), createRow('press')];
  await ledger.articles.create(newArticle('a1', { deliveries, now: bench.clock.now() }));
  await bench.run(publishArticle, { articleId: 'a1', revision: 1 });
  const jobs = bench.added.filter(({ kind }) => kind === 'deliver-post');
  const behind = jobs.map(({ payload, behind }) => [(payload as { channelId: string }).channelId, behind]);
  expect(Object.fromEntries(behind)).toEqual({ board: 0, press: 1 });
});

test('a post below which more than a thousand corrections stand is taken back', async () => {
  const { ledger } = bench.deps;
  const now = bench.clock.now();
  await ledger.articles.create(newArticle('a1', { deliveries: [createRow('board')], now }));
  await bench.run(publishArticle, { articleId: 'a1', revision: 1 });
  const [create] = await ledger.deliveries.list({ articleIds: ['a1'], limit: 1 });
  const remote = { id: 'p1', url: null };
  await ledger.deliveries.move(create!.id, ['waiting'], 'sent', { reason: null, remote, now });
  const skipped = { state: 'skipped', reason: 'said already' } as const;
  const deliveries = Array.from({ length: 1001 }, (_, part) => editRow('board', part, { part: `${part}`, ...skipped }));
  await ledger.articles.revise(newRevision('a1', 1, { deliveries, now: now + 1 }));
  await withdraw({ articleId: 'a1', reason: 'wrong', by: 'newsroom' }, bench.deps);
  const waiting = await ledger.deliveries.list({ articleIds: ['a1'], states: ['waiting'], limit: 10 });
  expect(waiting.map(({ op }) => op)).toEqual(['withdraw']);
});

test('a publication time that is still ahead moves with the newsroom, and corrects nothing by that', async () => {
  const { ledger } = bench.deps;
  const poll = async (stamp: string | null) => {
    const refs =
      stamp === null ? [] : [{ externalId: 'tin-1', url, title: 'A', stamp, sign: 'changed', payload: null }];
    bench.script.poll = () => ({
      refs: refs as ArticleRef[],
      cursor: {},
      unchanged: false,
      notBefore: null,
      warnings: [],
    });
    bench.clock.advance(60_000);
    await bench.run(pollSource, { sourceId: 'portal' });
  };
  const read = async (stamp: string, publishedAt: string) => {
    await poll(stamp);
    const hints = {
      headline: 'Huyện công bố kết quả kỳ thi',
      bodyHtml: '<p>Có 310 em đỗ vào lớp 10.</p>',
      publishedAt,
    };
    bench.script.read = () => ({ kind: 'page', url, html: '', hints });
    await bench.run(readArticle, bench.added.findLast(({ kind }) => kind === 'read-article')!.payload as never);
    const [article] = await ledger.articles.list({ limit: 1 });
    await bench.run(publishArticle, { articleId: article!.id, revision: article!.revision });
    const rows = await ledger.deliveries.list({ channelId: 'board', limit: 10 });
    return { revision: article!.revision, at: article!.publishedAt, rows: rows.map(({ op, dueAt }) => [op, dueAt]) };
  };
  await poll(null);
  const hours = (count: number) => new Date(bench.clock.now() + count * 3_600_000).toISOString();
  const [first, later] = [hours(3), hours(9)];
  expect(await read('1', first)).toMatchObject({ revision: 1, rows: [['create', Date.parse(first)]] });
  const moved = await read('2', later);
  // Free to be looked at: the guards know the new time.
  expect(moved).toMatchObject({ revision: 2, rows: [['create', bench.clock.now()]] });
  expect(Date.parse(moved.at ?? '')).toBe(Date.parse(later));
  expect(await read('3', later)).toMatchObject({ revision: 2 });
});
