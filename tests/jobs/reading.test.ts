import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pollSource } from '#jobs/poll-source.ts';
import { readArticle } from '#jobs/read-article.ts';
import { sweep } from '#jobs/sweep.ts';
import { withdrawArticle } from '#jobs/withdraw-article.ts';
import { PollRefused, UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const minute = 60_000;
const hour = 60 * minute;

const ref = (stamp = '1', sign: ArticleRef['sign'] = 'changed'): ArticleRef => ({
  externalId: 'tin-1',
  url: 'https://bao.example/tin-1',
  title: 'Trạm bơm Nà Hin',
  stamp,
  sign,
  payload: null,
});

const page = (headline = 'Trạm bơm Nà Hin cấp nước cho 310 hộ'): RawArticle => ({
  kind: 'page',
  url: 'https://bao.example/tin-1',
  html: '',
  hints: {
    headline,
    bodyHtml: '<p>Sáng 25/11, trạm bơm Nà Hin bắt đầu cấp nước.</p><p>Công trình làm trong bảy tháng.</p>',
    publishedAt: '2026-11-25T07:30:00Z',
  },
});

const gone = (certain: boolean): RawArticle => ({ kind: 'gone', certain, reason: 'the page answered 404' });

async function poll(refs: ArticleRef[]) {
  bench.script.poll = () => ({ refs, cursor: { at: 1 }, unchanged: false, notBefore: null, warnings: [] });
  bench.clock.advance(minute);
  await bench.run(pollSource, { sourceId: 'portal' });
  const request = bench.added.findLast(({ kind }) => kind === 'read-article');
  return (request?.payload as { readingId: string } | undefined)?.readingId ?? '';
}

async function publish() {
  await poll([]);
  bench.script.read = () => page();
  const readingId = await poll([ref()]);
  await bench.run(readArticle, { readingId });
  return readingId;
}

const articles = () => bench.deps.ledger.articles.list({ limit: 10 });
const deliveries = () => bench.deps.ledger.deliveries.list({ limit: 10 });

test('what is edited while it is read is read again right after', async () => {
  await poll([]);
  const readingId = await poll([ref()]);
  bench.script.read = (() => poll([ref('2')]).then(() => page('Trạm bơm cũ'))) as never;
  expect(await bench.run(readArticle, { readingId })).toEqual({ kind: 'later', at: bench.clock.now() });
  bench.script.read = () => page('Trạm bơm mới');
  expect(await bench.run(readArticle, { readingId })).toEqual({ kind: 'done' });
  expect(await articles()).toMatchObject([{ headline: 'Trạm bơm mới', revision: 2 }]);
});

describe('a poll', () => {
  test('asks for each changed article to be read, and comes back after its interval', async () => {
    bench.script.poll = () => ({ refs: [ref()], cursor: {}, unchanged: false, notBefore: null, warnings: [] });
    const outcome = await bench.run(pollSource, { sourceId: 'portal' });
    expect(outcome).toEqual({ kind: 'later', at: bench.clock.now() + minute });
    expect(bench.added.map(({ kind }) => kind)).toEqual(['read-article']);
  });

  test('that fails says so in plain words with the time of the next, waits longer each time, and raises one alert', async () => {
    const waits: number[] = [];
    bench.script.poll = () => {
      throw new UserError('bao.example refuses the connection');
    };
    for (let tries = 0; tries < 3; tries++) {
      const outcome = await bench.run(pollSource, { sourceId: 'portal' });
      if (outcome.kind === 'later') waits.push(outcome.at - bench.clock.now());
      bench.clock.advance(waits.at(-1) ?? 0);
    }
    for (const [index, wait] of waits.entries()) {
      expect(Math.abs(wait / (minute * 2 ** index) - 1)).toBeLessThanOrEqual(0.2);
    }
    const message = 'Source portal (https://bao.example/rss) cannot be read: bao.example refuses the connection';
    const next = expect.stringMatching(/^It is asked again at \d\d:\d\d:\d\d\./);
    expect(await bench.alerts.open()).toMatchObject([{ cause: 'source-portal', message, next, count: 3 }]);

    await poll([]);
    expect(await bench.alerts.open()).toEqual([]);
  });

  test('waits as long as the other side asks for', async () => {
    const until = bench.clock.now() + 30 * minute;
    bench.script.poll = () => {
      throw new PollRefused('bao.example asks to come back later', until);
    };
    expect(await bench.run(pollSource, { sourceId: 'portal' })).toEqual({ kind: 'later', at: until });
  });
});

test('a page on which nothing stands is read again later, and never goes out under the name of the newsroom', async () => {
  await poll([]);
  bench.script.read = () => ({ kind: 'page', url: 'https://bao.example/tin-1', html: '<div id=app></div>', hints: {} });
  const outcome = await bench.run(readArticle, { readingId: await poll([ref()]) });
  expect(outcome).toMatchObject({ kind: 'later' });
  expect(await articles()).toEqual([]);
});

test('an article whose reading ended the worker three times is left alone, said so, and read again once it changed', async () => {
  await poll([]);
  let reads = 0;
  bench.script.read = () => {
    reads += 1;
    return page();
  };
  const readingId = await poll([ref()]);
  for (let crash = 0; crash < 3; crash++) await bench.deps.ledger.sources.beginReading(readingId);
  expect(await bench.run(readArticle, { readingId })).toMatchObject({ kind: 'rejected' });
  expect(reads).toBe(0);
  expect(await bench.deps.ledger.sources.reading(readingId)).toMatchObject({ state: 'failed' });
  expect(await bench.alerts.open()).toMatchObject([
    {
      cause: `reading-${readingId}`,
      message:
        'An article of portal was left out: “Trạm bơm Nà Hin”: the worker ended 3 times while it was read; it is left alone from now on',
    },
  ]);
  await bench.run(readArticle, { readingId: await poll([ref('2')]) });
  expect([reads, (await articles()).length]).toEqual([1, 1]);
});

test('a reading that the ledger left in the middle, again and again, is not taken for one that ends the worker', async () => {
  await poll([]);
  const { sources } = bench.deps.ledger;
  const readingId = await poll([ref()]);
  const away = () => Promise.reject(new Error('the ledger is away'));
  for (let times = 0; times < 4; times++) {
    bench.script.read = () => {
      Object.assign(sources, { failReading: away, letReadingGo: away });
      throw new Error('the ledger is away');
    };
    const { failReading, letReadingGo } = sources;
    await expect(bench.run(readArticle, { readingId })).rejects.toThrow('the ledger is away');
    Object.assign(sources, { failReading, letReadingGo });
  }
  bench.script.read = () => page();
  expect(await bench.run(readArticle, { readingId })).toEqual({ kind: 'done' });
  expect(await articles()).toHaveLength(1);
});

test('a reading that fails for another reason is not taken for one that ends the worker', async () => {
  await poll([]);
  bench.script.read = () => {
    throw new Error('the connection was cut');
  };
  const readingId = await poll([ref()]);
  for (let tries = 0; tries < 4; tries++) {
    const outcome = await bench.run(readArticle, { readingId });
    if (outcome.kind === 'later') bench.clock.set(outcome.at);
  }
  expect(await bench.deps.ledger.sources.reading(readingId)).toMatchObject({ state: 'due', attempts: 4 });
});

describe('an article', () => {
  test('that stood there at the first poll is never posted', async () => {
    bench.script.read = () => page();
    await bench.run(readArticle, { readingId: await poll([ref()]) });
    expect(await articles()).toMatchObject([{ headline: 'Trạm bơm Nà Hin cấp nước cho 310 hộ', baseline: true }]);
    expect(await deliveries()).toMatchObject([{ state: 'skipped', reason: expect.stringContaining('stood there') }]);
    expect(bench.added.at(-1)).toMatchObject({ kind: 'publish-article', payload: { revision: 1 } });
  });

  test('that stands at another address, which the settings name by now, is never posted', async () => {
    await poll([]);
    const found = { refs: [ref()], cursor: {}, unchanged: false, notBefore: null, warnings: [] };
    bench.script.poll = () => ({ ...found, anew: true });
    bench.clock.advance(minute);
    await bench.run(pollSource, { sourceId: 'portal' });
    bench.script.read = () => page();
    await bench.run(readArticle, bench.added.findLast(({ kind }) => kind === 'read-article')!.payload as never);
    expect(await articles()).toMatchObject([{ baseline: true }]);
  });

  test('that comes later waits for its post', async () => {
    await publish();
    expect(await deliveries()).toMatchObject([{ channelId: 'board', op: 'create', state: 'waiting' }]);
  });

  test('whose signal changed but not its content makes no new revision', async () => {
    await publish();
    await bench.run(readArticle, { readingId: await poll([ref('2')]) });
    expect(await articles()).toMatchObject([{ revision: 1 }]);
  });

  test('whose content changed is a new revision of the same article', async () => {
    await publish();
    bench.script.read = () => page('Trạm bơm Nà Hin cấp nước cho 290 hộ');
    await bench.run(readArticle, { readingId: await poll([ref('2')]) });
    expect(await articles()).toMatchObject([{ revision: 2, headline: 'Trạm bơm Nà Hin cấp nước cho 290 hộ' }]);
  });

  test('whose page is not there yet is asked for again', async () => {
    await poll([]);
    bench.script.read = () => gone(false);
    const readingId = await poll([ref()]);
    const outcome = await bench.run(readArticle, { readingId });
    expect(outcome).toEqual({ kind: 'later', at: bench.clock.now() + 10_000 });
    expect(bench.log.lines.at(-1)?.message).toContain('the page answered 404; next try at');

    bench.clock.advance(10_000);
    bench.script.read = () => page();
    await bench.run(readArticle, { readingId });
    expect(await articles()).toHaveLength(1);
  });

  test('that a person must mend is left out with an alert, and its file is put aside', async () => {
    await poll([]);
    bench.script.read = () => {
      throw new UserError('line 2: the title has no end', { next: 'Close the bracket.' });
    };
    const outcome = await bench.run(readArticle, { readingId: await poll([ref()]) });
    expect(outcome).toEqual({ kind: 'rejected', reason: 'line 2: the title has no end' });
    expect(bench.script.settled).toEqual(['line 2: the title has no end']);
    expect(await bench.alerts.open()).toMatchObject([{ next: 'Close the bracket.' }]);
  });
});

describe('a withdrawal', () => {
  const withdrawals = () => bench.added.filter(({ kind }) => kind === 'withdraw-article');

  test('is at once where the page says that it is gone for good', async () => {
    await publish();
    bench.script.read = () => gone(true);
    await bench.run(readArticle, { readingId: await poll([ref('2', 'gone')]) });
    expect(withdrawals()).toHaveLength(1);
    await bench.run(withdrawArticle, withdrawals()[0]!.payload as never);
    expect(await articles()).toMatchObject([{ state: 'withdrawn' }]);
    expect(await deliveries()).toMatchObject([{ op: 'create', state: 'cancelled' }]);
    expect(bench.added.at(-1)).toMatchObject({ kind: 'build-feed' });
  });

  test('by 404 takes three looks over the whole grace time', async () => {
    await publish();
    bench.script.read = () => gone(false);
    const readingId = await poll([ref('2', 'gone')]);
    for (const looks of [1, 2]) {
      expect(await bench.run(readArticle, { readingId }), `look ${looks}`).toMatchObject({ kind: 'later' });
      expect(withdrawals()).toEqual([]);
      bench.clock.advance(12 * hour);
    }
    await bench.run(readArticle, { readingId });
    expect(withdrawals()).toHaveLength(1);
  });
});

test('the sweep finds what is due after every job was lost', async () => {
  await publish();
  await poll([ref('2')]);
  bench.added.length = 0;
  bench.clock.advance(hour);
  await bench.run(sweep, {});
  const found = bench.added.map(({ kind }) => kind);
  expect(found).toContain('poll-source');
  expect(found).toContain('read-article');
  expect(found).toContain('publish-article');
});
