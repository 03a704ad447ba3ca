import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDecisions } from '#jobs/decisions.ts';
import { pollSource } from '#jobs/poll-source.ts';
import { publishArticle } from '#jobs/publish-article.ts';
import { readArticle } from '#jobs/read-article.ts';
import { sweep } from '#jobs/sweep.ts';
import { burstReason } from '#src/core/delivery-plan.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const minute = 60_000;
const places = ['Nà Hin', 'Pá Hu', 'Suối Cạn', 'Bản Chặng', 'Mường La', 'Nà Pan', 'Hồ Thẳm', 'Chiềng Xôm'];

/** The n-th story of a source, found under an id and an address of the given generation. */
function story(
  n: number,
  generation = 'cu',
  url = `https://bao.example/tin-${generation}-${70_000 + n}.html`,
): ArticleRef {
  const title = `Xã ${places[n % places.length]} khánh thành công trình thứ ${n}`;
  return { externalId: `${generation}-${n}`, url, title, stamp: generation, sign: 'changed', payload: null };
}

const stories = (from: number, to: number, generation?: string) =>
  Array.from({ length: to - from }, (_, index) => story(from + index, generation));

async function poll(refs: ArticleRef[]): Promise<void> {
  bench.script.poll = () => ({ refs, cursor: { n: refs.length }, unchanged: false, notBefore: null, warnings: [] });
  bench.clock.advance(minute);
  await bench.run(pollSource, { sourceId: 'portal' });
  await readAll();
}

async function readAll(): Promise<void> {
  bench.script.read = (ref) => ({
    kind: 'page',
    url: ref.url,
    html: '',
    hints: {
      headline: ref.title!,
      bodyHtml: `<p>Sáng nay, ${ref.title}. Công trình số ${ref.title!.at(-1)} làm trong bảy tháng, dân bản góp công.</p>`,
      publishedAt: new Date(bench.clock.now() - minute).toISOString(),
    },
  });
  for (const { kind, payload } of bench.added.splice(0)) {
    if (kind === 'read-article') await bench.run(readArticle, payload as never);
    if (kind === 'publish-article') await bench.run(publishArticle, payload as never);
  }
  for (const { kind, payload } of bench.added.splice(0)) {
    if (kind === 'publish-article') await bench.run(publishArticle, payload as never);
  }
}

const decisions = () => createDecisions(bench.deps).source;
const count = () => bench.deps.ledger.articles.count();
const creates = async () =>
  (await bench.deps.ledger.deliveries.list({ limit: 500 })).filter(({ op }) => op === 'create');
const states = async () =>
  Object.fromEntries(
    Map.groupBy(await creates(), ({ state }) => state)
      .entries()
      .map(([state, rows]) => [state, rows.length]),
  );
const alerts = async () => (await bench.alerts.open()).map(({ cause }) => cause);

describe('a shift of ids', () => {
  test('freezes what is new, says so in one alert, and one command folds it', async () => {
    await poll(stories(0, 38));
    await poll(stories(0, 38, 'moi'));
    expect(await count()).toBe(38);
    expect(await bench.alerts.open()).toMatchObject([
      {
        cause: 'source-portal-shift',
        message: expect.stringContaining('38 stories renamed, 0 really new'),
        next: expect.stringContaining('loa source fold portal'),
      },
    ]);

    expect(await decisions().fold('portal')).toMatchObject({ renamed: 38, fresh: 0 });
    expect(await alerts()).toEqual([]);
    await readAll();
    expect(await count()).toBe(38);
    // From here on the new ids are known: an edit is a revision.
    await poll([{ ...story(3, 'moi'), title: 'Xã Bản Chặng khánh thành công trình thứ 3, muộn một năm', stamp: '2' }]);
    expect(await count()).toBe(38);
    expect(
      (await bench.deps.ledger.articles.list({ limit: 50 })).filter(({ revision }) => revision === 2),
    ).toHaveLength(1);
    await expect(decisions().fold('portal')).rejects.toThrow('no stories under new ids');
  });

  test('is known by headlines where the addresses changed too, and the really new ones among them go on', async () => {
    await poll(stories(0, 8));
    const moved = stories(0, 8, 'moi').map((ref, n) => ({ ...ref, url: `https://khac.example/bai-${90_000 + n}` }));
    await poll([...moved, ...stories(20, 22)]);
    expect((await bench.alerts.open())[0]?.message).toContain('8 stories renamed, 2 really new');
    expect(await count()).toBe(8);
    // Nobody has decided: also what comes later waits.
    await poll(stories(30, 31));
    expect((await bench.alerts.open())[0]?.message).toContain('8 stories renamed, 3 really new');

    bench.clock.advance(20 * minute);
    expect(await decisions().fold('portal')).toMatchObject({ renamed: 8, fresh: 3 });
    await readAll();
    expect(await count()).toBe(11);
    expect(await states()).toEqual({ skipped: 8, waiting: 3 });
  });

  test('takes nothing back meanwhile, and a renamed story is not taken back for its old page', async () => {
    await poll(stories(0, 6));
    await poll([
      ...stories(0, 6, 'moi'),
      ...stories(0, 6).map((ref) => ({ ...ref, sign: 'gone' as const, stamp: 'x' })),
    ]);
    const [reading] = await bench.deps.ledger.sources.dueReadings(bench.clock.now(), 10);
    bench.script.read = () => ({ kind: 'gone', certain: true, reason: 'its page was taken down (410)' });
    bench.added.length = 0;
    const due = reading ?? (await bench.deps.ledger.sources.dueReadings(bench.clock.now() + minute, 10))[0];
    if (due) expect(await bench.run(readArticle, { readingId: due.id })).toMatchObject({ kind: 'later' });
    await decisions().fold('portal');
    bench.clock.advance(minute);
    if (due) expect(await bench.run(readArticle, { readingId: due.id })).toEqual({ kind: 'done' });
    expect(bench.added.filter(({ kind }) => kind === 'withdraw-article')).toEqual([]);
    expect((await bench.deps.ledger.articles.list({ limit: 10 })).every(({ state }) => state === 'live')).toBe(true);
  });

  test('is none where few ids changed, or most of a poll is new', async () => {
    await poll(stories(0, 12));
    await poll(stories(0, 4, 'moi'));
    expect(await alerts()).toEqual([]);
    await poll([...stories(4, 9, 'moi'), ...stories(20, 28)]);
    expect(await alerts()).toEqual([]);
    expect(await count()).toBe(20);
  });
});

describe('a burst', () => {
  const burst = async () => {
    await poll([]);
    await poll(stories(0, 12));
  };

  test('is read and in the feeds, and its posts wait for a person', async () => {
    await burst();
    expect(await count()).toBe(12);
    const ready = await bench.deps.ledger.articles.list({ limit: 20, ready: true });
    expect(ready).toHaveLength(12);
    expect((await creates()).map(({ state, reason }) => [state, reason])).toEqual(
      Array(12).fill(['waiting', burstReason('portal')]),
    );
    expect(await bench.deps.ledger.deliveries.due(bench.clock.now() + 24 * 60 * minute, 50)).toEqual([]);
    expect(await bench.alerts.open()).toMatchObject([
      { cause: 'source-portal-burst', message: expect.stringContaining('12 new articles at once') },
    ]);
    // What comes after it goes its way.
    await poll(stories(20, 22));
    expect((await creates()).filter(({ reason }) => reason === null)).toHaveLength(2);
  });

  test('marked as seen is never posted', async () => {
    await burst();
    expect(await decisions().seen('portal')).toMatchObject({ skipped: 12, posts: 0 });
    expect(await states()).toEqual({ skipped: 12 });
    expect(await alerts()).toEqual([]);
  });

  test('of which the newest go, the others are never posted', async () => {
    await burst();
    expect(await decisions().newest('portal', 3)).toMatchObject({ skipped: 9, posts: 3 });
    expect(await states()).toEqual({ skipped: 9, waiting: 3 });
  });

  test('of which the newest are to go is read first', async () => {
    await poll([]);
    bench.script.poll = () => ({ refs: stories(0, 12), cursor: {}, unchanged: false, notBefore: null, warnings: [] });
    bench.clock.advance(minute);
    await bench.run(pollSource, { sourceId: 'portal' });
    await expect(decisions().newest('portal', 3)).rejects.toThrow('12 of the 12 new articles');
    expect(await bench.deps.ledger.holds.counts()).toMatchObject([{ hold: 'burst', count: 12 }]);
    await readAll();
    expect(await decisions().newest('portal', 20)).toMatchObject({ posts: 12, skipped: 0 });
  });

  test('of which one came under two names, or was taken back, has as many others to go', async () => {
    await poll([]);
    const twice = { ...story(11), externalId: 'hai-lan' };
    await poll([...stories(0, 12), twice]);
    const [gone] = await bench.deps.ledger.articles.list({ limit: 1 });
    await createDecisions(bench.deps).withdraw(gone!.id, 'sai');
    await decisions().newest('portal', 3);
    expect(await states()).toEqual({ cancelled: 1, skipped: 8, waiting: 3 });
  });

  test('let go goes out as if it had come one by one, however long it waited', async () => {
    await burst();
    bench.clock.advance(7 * 60 * minute);
    await decisions().drip('portal');
    const rows = await creates();
    expect(
      rows.every(({ state, reason, freeAt }) => state === 'waiting' && reason === null && freeAt! >= bench.clock.now()),
    ).toBe(true);
    await expect(decisions().drip('portal')).rejects.toThrow('no burst');
    await expect(decisions().drip('khac')).rejects.toThrow('There is no source khac');
  });

  test('decided before it was read is posted as decided', async () => {
    await poll([]);
    bench.script.poll = () => ({ refs: stories(0, 12), cursor: {}, unchanged: false, notBefore: null, warnings: [] });
    bench.clock.advance(minute);
    await bench.run(pollSource, { sourceId: 'portal' });
    await decisions().seen('portal');
    await readAll();
    expect(await count()).toBe(12);
    expect(await states()).toEqual({ skipped: 12 });
  });

  test('is none on the first poll of a source', async () => {
    await poll(stories(0, 30));
    expect(await alerts()).toEqual([]);
    expect(await states()).toEqual({ skipped: 30 });
  });
});

test('what was held by a worker that ended before it could say so is told by the sweep, and what is over ends', async () => {
  await poll([]);
  const refs = stories(0, 12);
  const holds = new Map(refs.map(({ externalId }) => [externalId, 'burst' as const]));
  const now = bench.clock.now();
  await bench.deps.ledger.sources.recordPoll({ sourceId: 'portal', refs, cursor: {}, now, nextPollAt: now, holds });
  expect(await alerts()).toEqual([]);
  await bench.run(sweep, {});
  expect(await alerts()).toEqual(['source-portal-burst']);
  // As the real alerts keep it.
  await bench.deps.ledger.alerts.raise({ cause: 'source-portal-burst', message: 'x', now });
  const held = await bench.deps.ledger.holds.list('portal', 'burst');
  await bench.deps.ledger.holds.letGo(
    held.map(({ id }) => id),
    'seen',
    now,
  );
  await bench.run(sweep, {});
  expect(await alerts()).toEqual([]);
});
