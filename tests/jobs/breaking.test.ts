import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publishArticle } from '#jobs/publish-article.ts';
import { withdraw } from '#jobs/withdraw-article.ts';
import { board } from '#src/channels/board.ts';
import { createRow, editRow, newArticle, newRevision } from '#tests/contracts/ledger/samples.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

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
