import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { type ArticleReader, createArticleReader } from '#src/articles/article-reader.ts';
import { readArticle } from '#src/articles/read.ts';
import { systemClock } from '#src/ops/clock.ts';
import { silentLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';

const context = {
  profile: loadProfile('vietnamese-portal'),
  site: { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' },
  now: Date.parse('2026-11-25T15:00:00Z'),
  folder: null,
};
const page = (html: string) => ({ kind: 'page' as const, url: 'https://bao.example/tin-1', html, hints: {} });
const good = page('<article><h1>Cầu mới qua suối Nậm Rốm</h1><p>Sáng 25/11, cây cầu mở cho người đi bộ.</p></article>');
/** Minutes of work. */
const endless = page('<table><tr><td>x'.repeat(200_000) + '</td></tr></table>'.repeat(200_000));

/** A second or two of work in little memory. */
const slow = page(`<article>${'<p>Nước về tới bể chứa của thôn lúc sáu giờ sáng.</p>'.repeat(60_000)}</article>`);

let reader: ArticleReader;
afterEach(() => reader.close());

test('a page is read on the thread as it is read here', async () => {
  reader = createArticleReader({ log: silentLog, clock: manualClock() });
  expect(await reader.read(good, context)).toEqual(readArticle(good, context));
});

test('a page over the time limit costs itself, holds nothing up, and the next one is read', async () => {
  reader = createArticleReader({ limit: 500, log: silentLog, clock: systemClock });
  await reader.read(good, context);
  const hostile = reader.read(slow, context);
  const behind = reader.read(good, context);
  let ticks = 0;
  const timer = setInterval(() => {
    ticks += 1;
  }, 5);
  await expect(hostile).rejects.toMatchObject({
    name: 'UserError',
    message: 'https://bao.example/tin-1 takes longer than 0.5 seconds to read',
  });
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(10);
  expect((await behind).headline).toBe('Cầu mới qua suối Nậm Rốm');
});

test('others are read while a page takes all its time', async () => {
  const clock = manualClock();
  reader = createArticleReader({ log: silentLog, clock });
  const order: string[] = [];
  const hostile = reader.read(slow, context).finally(() => order.push('hostile'));
  hostile.catch(() => {});
  const behind = [1, 2, 3].map(() => reader.read(good, context).then(() => order.push('good')));
  await Promise.all(behind);
  while (order.length < 4) {
    clock.advance(1_000);
    await nextTurn();
  }
  expect(order).toEqual(['good', 'good', 'good', 'hostile']);
});

test('with one thread pages are read one after another', async () => {
  reader = createArticleReader({ threads: 1, limit: 700, log: silentLog, clock: systemClock });
  const order: string[] = [];
  const hostile = reader.read(endless, context).catch(() => order.push('hostile'));
  await Promise.all([hostile, reader.read(good, context).then(() => order.push('good'))]);
  expect(order).toEqual(['hostile', 'good']);
});

test('a page that asks for too much memory costs itself only', async () => {
  reader = createArticleReader({ limit: 60_000, log: silentLog, clock: systemClock });
  await expect(reader.read(page('<br>'.repeat(2_000_000)), context)).rejects.toThrow(/tin-1 takes more memory/);
  expect((await reader.read(good, context)).headline).toBe('Cầu mới qua suối Nậm Rốm');
});

test('a text no person wrote is refused: feeds, posts and pages would have to carry it', async () => {
  reader = createArticleReader({ log: silentLog, clock: manualClock() });
  const paragraph = `<p>${'Nước về tới bể chứa của thôn lúc sáu giờ sáng. '.repeat(110)}</p>`;
  const long = page(`<article>${paragraph.repeat(210)}</article>`);
  await expect(reader.read(long, context)).rejects.toThrow(/tin-1 holds a text of more than 1 million characters/);
});

test('closing ends the page under way and refuses those that wait', async () => {
  reader = createArticleReader({ log: silentLog, clock: manualClock() });
  await reader.read(good, context);
  const asked = Promise.allSettled([reader.read(endless, context), reader.read(good, context)]);
  await reader.close();
  for (const one of await asked) {
    expect(one).toMatchObject({ status: 'rejected', reason: { message: expect.stringContaining('stopping') } });
  }
});
