import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pollSource } from '#jobs/poll-source.ts';
import { NotYet, PollRefused, UserError } from '#src/core/errors.ts';
import type { PollResult } from '#src/sources/source.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
let source: { poll: number | 'auto'; settings: { url?: string } };
beforeAll(async () => {
  bench = await openJobBench();
  source = bench.deps.sources.get('portal')!.settings as typeof source;
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.reset();
  source.poll = 'auto';
  source.settings = { url: 'https://bao.example/rss' };
});

const minute = 60_000;
const hour = 60 * minute;

const found = (more: Partial<PollResult> = {}): PollResult => ({
  refs: [],
  cursor: { n: 1 },
  unchanged: false,
  notBefore: null,
  warnings: [],
  ...more,
});

/** Milliseconds until the next. */
async function poll(answer: () => PollResult): Promise<number> {
  bench.script.poll = answer;
  await bench.deps.ledger.sources.pollSoon('portal', 0);
  const outcome = await bench.run(pollSource, { sourceId: 'portal' });
  if (outcome.kind !== 'later') throw new Error(outcome.kind);
  return outcome.at - bench.clock.now();
}

const fails = (error: Error) => () => {
  throw error;
};
const state = () => bench.deps.ledger.sources.state('portal', bench.clock.now());
const alerts = async () => (await bench.alerts.open()).map(({ cause, message }) => `${cause}: ${message}`);

describe('the next poll', () => {
  test('comes when the last one taught it should, unless the operator decided', async () => {
    expect(await poll(() => found({ interval: 7 * minute }))).toBe(7 * minute);
    expect(await poll(() => found())).toBe(2 * minute);
    expect(await poll(() => found({ interval: minute, notBefore: bench.clock.now() + hour }))).toBe(hour);
    source.poll = 30_000;
    expect(await poll(() => found({ interval: 7 * minute }))).toBe(30_000);
  });

  test('is the safety net beside a hub', async () => {
    const { subscriptions } = bench.deps.ledger;
    const active = subscriptions.active;
    subscriptions.active = async () => true;
    const wait = await poll(() => found({ interval: minute }));
    subscriptions.active = active;
    expect(wait).toBeGreaterThanOrEqual(30 * minute);
    expect(wait).toBeLessThanOrEqual(60 * minute);
  });

  test('is not counted as failed where the host rests', async () => {
    await poll(() => found());
    expect(await poll(fails(new NotYet('bao.example asks to be left alone', bench.clock.now() + hour)))).toBe(hour);
    expect([(await state()).failures, await alerts()]).toEqual([0, []]);
  });
});

test('a poll without news keeps the cursor, and everything that depends on it', async () => {
  await poll(() => found({ cursor: { n: 1 } }));
  await poll(fails(new Error('x')));
  bench.clock.advance(minute);
  await poll(() => found({ unchanged: true, cursor: { n: 2 } }));
  expect(await state()).toMatchObject({ cursor: { n: 2 }, failures: 0, lastSuccessAt: bench.clock.now() });
});

describe('a source that fails', () => {
  const down = () => fails(new PollRefused('The server has a fault (500)', null));

  test('is asked again after a quarter of an hour at most where it is the newsroom’s own, else after six', async () => {
    for (let n = 0; n < 12; n++) await poll(down());
    expect(await poll(down())).toBeLessThanOrEqual(18 * minute);
    source.settings = { url: 'https://khac.example/rss' };
    expect(await poll(down())).toBeGreaterThanOrEqual(4.8 * hour);
  });

  test('because it is missing is told of after a day, unless it never worked', async () => {
    const missing = () => fails(new UserError('There is no feed (404)', { quietFor: 24 * hour }));
    await poll(missing());
    expect(await alerts()).toHaveLength(1);
    await poll(() => found());
    expect(await alerts()).toEqual([]);
    bench.clock.advance(23 * hour);
    await poll(missing());
    expect(await alerts()).toEqual([]);
    expect(bench.log.lines.at(-1)?.message).toMatch(/cannot be read: There is no feed \(404\)\. It is asked again at/);
    bench.clock.advance(hour);
    await poll(missing());
    expect(await alerts()).toEqual([expect.stringContaining('There is no feed')]);
  });

  test('for good is asked once a day, and told of at once with what to do', async () => {
    await poll(() => found());
    const gone = new UserError('It was taken down for good (410)', {
      next: 'Remove it from the settings.',
      retryAt: bench.clock.now() + 24 * hour,
    });
    expect(await poll(fails(gone))).toBe(24 * hour);
    const next = expect.stringMatching(/^It is asked again at \d\d:\d\d:\d\d.*Remove it from the settings\.$/);
    expect(await bench.alerts.open()).toMatchObject([{ cause: 'source-portal', next }]);
  });
});

test('warnings stand as an alert until a poll with news has none', async () => {
  await poll(() => found({ warnings: ['the feed is broken', 'it is empty'] }));
  const told = ['source-portal-warning: Source portal: the feed is broken; it is empty'];
  expect(await alerts()).toEqual(told);
  await poll(() => found({ unchanged: true }));
  expect(await alerts()).toEqual(told);
  await poll(() => found());
  expect(await alerts()).toEqual([]);
});
