import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publishArticle } from '#jobs/publish-article.ts';
import { board } from '#src/channels/board.ts';
import { createRow, newArticle } from '#tests/contracts/ledger/samples.ts';
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
