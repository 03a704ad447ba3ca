import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDecisions } from '#jobs/decisions.ts';
import { createStopWatch } from '#jobs/watch-stop.ts';
import { createRow, newArticle } from '#tests/contracts/ledger/samples.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;

beforeAll(async () => {
  bench = await openJobBench();
});
beforeEach(async () => {
  await bench.reset();
  await bench.deps.stopFile.remove();
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

describe('the file beside the ledger', () => {
  const away = async () => {
    throw new Error('connection refused');
  };
  /** The bench with a ledger that answers nothing about stops. */
  const withoutLedger = () => ({
    ...bench.deps,
    ledger: { ...bench.deps.ledger, switches: { stopped: away, stop: away, resume: away } },
  });

  test('stops posting while the ledger is away, and the ledger is told once it is back', async () => {
    const { stopFile, ledger } = bench.deps;
    const stop = await createDecisions(withoutLedger()).stopAll('anna', 'sai ảnh');
    expect(stop).toMatchObject({ by: 'anna', reason: 'sai ảnh', note: expect.stringContaining('connection refused') });
    expect(await stopFile.read()).toMatchObject({ by: 'anna', inLedger: false });
    await createStopWatch(withoutLedger())();
    expect(await bench.alerts.open()).toMatchObject([{ cause: 'stop-all' }]);

    await createStopWatch(bench.deps)();
    expect(await ledger.switches.stopped()).toMatchObject({ by: 'anna', reason: 'sai ảnh' });
    expect(await stopFile.read()).toMatchObject({ inLedger: true });
  });

  test('stays while the ledger is away, however one tries to resume', async () => {
    await createDecisions(bench.deps).stopAll('anna', null);
    await expect(createDecisions(withoutLedger()).resumeAll('anna')).rejects.toThrow(/stays stopped/);
    expect(await bench.deps.stopFile.read()).toMatchObject({ by: 'anna' });
    expect(await createDecisions(bench.deps).resumeAll('binh')).toMatchObject({ by: 'anna' });
    expect(await bench.deps.stopFile.read()).toBeNull();
    expect(await bench.deps.ledger.switches.stopped()).toBeNull();
  });

  test('is removed when posting was resumed from another machine', async () => {
    await createDecisions(bench.deps).stopAll('anna', null);
    await bench.deps.ledger.switches.resume({ by: 'binh', now: bench.clock.now() });
    await createStopWatch(bench.deps)();
    expect(await bench.deps.stopFile.read()).toBeNull();
    expect(await bench.deps.ledger.switches.stopped()).toBeNull();
  });

  test('made by hand is a stop as any other, which resume-all ends', async () => {
    const since = bench.clock.now();
    await bench.deps.stopFile.write({ since, by: 'a file in the data folder', reason: 'stop', inLedger: false });
    await createStopWatch(bench.deps)();
    expect(await bench.deps.ledger.switches.stopped()).toMatchObject({ reason: 'stop' });
    expect(await createDecisions(bench.deps).resumeAll('anna')).toMatchObject({ reason: 'stop' });
    await createStopWatch(bench.deps)();
    expect(await bench.deps.stopFile.read()).toBeNull();
  });
});
