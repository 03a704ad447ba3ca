import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDecisions } from '#jobs/decisions.ts';
import { createStopWatch } from '#jobs/watch-stop.ts';
import { createRow, newArticle } from '#tests/contracts/ledger/samples.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;

beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());

test('each process says that all is stopped, by whom and why, and sends what waited as soon as it is over', async () => {
  const { ledger } = bench.deps;
  const now = bench.clock.now();
  await ledger.articles.create(newArticle('a1', { deliveries: [createRow('board')], now }));
  await ledger.articles.markReady('a1', 1, now, []);
  const decisions = createDecisions(bench.deps);
  const look = createStopWatch(bench.deps);
  await look();
  expect(await bench.alerts.open()).toEqual([]);

  await decisions.stopAll('anna', 'sai ảnh ở mọi bài');
  for (let times = 0; times < 3; times++) await look();
  const message = expect.stringMatching(/^All posting is stopped since .* by anna: sai ảnh ở mọi bài$/);
  const next = expect.stringContaining('loa resume-all');
  expect(await bench.alerts.open()).toMatchObject([{ cause: 'stop-all', count: 1, message, next }]);
  expect(bench.added).toEqual([]);

  await decisions.resumeAll('anna');
  await look();
  expect(await bench.alerts.open()).toEqual([]);
  expect(bench.added.map(({ kind }) => kind)).toContain('deliver-post');
});
