import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { lookAgain } from '#jobs/look-again.ts';
import { pollSource } from '#jobs/poll-source.ts';
import { readArticle } from '#jobs/read-article.ts';
import { sweep } from '#jobs/sweep.ts';
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
const url = 'https://bao.example/tin-1';
const ref: ArticleRef = { externalId: 'tin-1', url, title: 'Kè Nà Sang', stamp: '1', sign: 'changed', payload: null };

function page(households: number): RawArticle {
  const text = 'Đoạn kè dài 1.240 mét chắn nước lũ cho hai thôn ven sông, khởi công từ tháng 3 năm nay.';
  const html = `<article><h1>Kè Nà Sang che chở ${households} hộ</h1>
    <p>Sáng 25/11, xã Nà Sang đưa vào sử dụng đoạn kè che chở ${households} hộ dân.</p><p>${text}</p><p>${text.replace('Đoạn', 'Cả đoạn')}</p></article>`;
  return { kind: 'page', url, html, hints: {} };
}

async function published(raw: RawArticle, found = ref): Promise<string> {
  bench.script.poll = () => ({ refs: [], cursor: { at: 0 }, unchanged: false, notBefore: null, warnings: [] });
  await bench.run(pollSource, { sourceId: 'portal' });
  bench.script.poll = () => ({ refs: [found], cursor: { at: 1 }, unchanged: false, notBefore: null, warnings: [] });
  bench.clock.advance(minute);
  await bench.run(pollSource, { sourceId: 'portal' });
  const { payload } = bench.added.findLast(({ kind }) => kind === 'read-article')!;
  bench.script.read = () => raw;
  const { readingId } = payload as { readingId: string };
  await bench.run(readArticle, { readingId });
  return readingId;
}

const looksDue = async () => {
  bench.added.length = 0;
  await bench.run(sweep, {});
  return bench.added.filter(({ kind }) => kind === 'look-again');
};
const articles = () => bench.deps.ledger.articles.list({ limit: 10 });

test('an edit that shows only on the page becomes a revision', async () => {
  const readingId = await published(page(112));
  expect(await looksDue()).toEqual([]);
  bench.clock.advance(5 * minute);
  expect(await looksDue()).toEqual([{ kind: 'look-again', payload: { readingId } }]);
  bench.script.read = () => page(121);
  await bench.run(lookAgain, { readingId });
  expect(await articles()).toMatchObject([{ headline: 'Kè Nà Sang che chở 121 hộ', revision: 2 }]);
  expect(await looksDue()).toEqual([]);
});

test('a page that reads as before changes nothing, and is looked at later again', async () => {
  const readingId = await published(page(112));
  for (const wait of [5, 10, 45, 120, 300, 960]) {
    bench.clock.advance(wait * minute);
    expect(await looksDue(), `${wait} minutes on`).toHaveLength(1);
    await bench.run(lookAgain, { readingId });
  }
  bench.clock.advance(3000 * minute);
  expect(await looksDue()).toEqual([]);
  expect(await articles()).toMatchObject([{ revision: 1 }]);
});

test('a page that is gone, though its list still names it, is withdrawn', async () => {
  const readingId = await published(page(112));
  bench.clock.advance(5 * minute);
  bench.script.read = () => ({ kind: 'gone', certain: true, reason: 'its page was taken down (410)' });
  await bench.run(lookAgain, { readingId });
  expect(bench.added.at(-1)).toMatchObject({ kind: 'withdraw-article', payload: { readingId } });
});

test('a look that fails leaves the article as it is, raises nothing, and is not repeated before its time', async () => {
  const readingId = await published(page(112));
  bench.clock.advance(5 * minute);
  bench.script.read = () => {
    throw new Error('the connection was cut');
  };
  expect(await bench.run(lookAgain, { readingId })).toEqual({ kind: 'done' });
  expect(await looksDue()).toEqual([]);
  expect(await bench.alerts.open()).toEqual([]);
  expect(await articles()).toMatchObject([{ state: 'live', revision: 1 }]);
});

test('what a source gives in full is not looked at', async () => {
  const body = '<p>Sáng 25/11, xã Nà Sang đưa vào sử dụng đoạn kè.</p>';
  await published({ kind: 'page', url, html: '', hints: { headline: 'Kè Nà Sang', bodyHtml: body } });
  bench.clock.advance(3000 * minute);
  expect(await looksDue()).toEqual([]);
});

test('another article that its address leads to by now does not take its place', async () => {
  const other =
    'Các xưởng ở Mường La đang mua chè búp tươi với giá cao hơn cùng kỳ năm ngoái gần hai nghìn đồng mỗi ký. Theo hợp tác xã Bản Chặng, mưa muộn làm sản lượng giảm một phần năm.';
  const first = page(112);
  const at = 'https://bao.example/ke-na-sang-781204.html';
  const readingId = await published(first, { ...ref, url: at });
  bench.clock.advance(5 * minute);
  bench.script.read = () => ({
    kind: 'page',
    url: 'https://bao.example/gia-che-bup-781311.html',
    html: `<article><h1>Giá chè búp tươi tăng ở vụ cuối năm</h1><p>${other}</p><p>${other}</p></article>`,
    hints: {},
  });
  expect(await bench.run(lookAgain, { readingId })).toMatchObject({ kind: 'later' });
  expect(await articles()).toMatchObject([{ headline: 'Kè Nà Sang che chở 112 hộ', revision: 1, state: 'live' }]);
  // Its own page under another name is followed.
  bench.script.read = () => ({ ...page(121), url: 'https://bao.example/ke-moi-o-na-sang-da-xong' }) as RawArticle;
  bench.clock.advance(12 * 60 * minute);
  await bench.run(readArticle, { readingId });
  expect(await articles()).toMatchObject([{ headline: 'Kè Nà Sang che chở 121 hộ', revision: 2 }]);
});

test('a notice in the place of the page, or what the list holds of it, does not take its place', async () => {
  const at = 'https://bao.example/ke-na-sang-781204.html';
  const readingId = await published(page(112), { ...ref, url: at });
  const notice =
    'Từ 22 giờ đến 2 giờ sáng, báo điện tử tạm nghỉ để thay máy chủ. Mong bạn đọc thông cảm và trở lại sau.';
  const hints = { headline: 'Kè Nà Sang che chở 112 hộ' };
  bench.script.read = () => ({ kind: 'page', url: at, html: `<h1>Báo tạm nghỉ</h1><p>${notice}</p>`, hints });
  bench.clock.advance(5 * minute);
  await bench.run(lookAgain, { readingId });
  const bodyHtml = '<p>Sáng 25/11, xã Nà Sang đưa vào sử dụng đoạn kè.</p>';
  bench.script.read = () => ({ kind: 'page', url: at, html: '', hints: { ...hints, bodyHtml }, partial: true });
  bench.clock.advance(10 * minute);
  await bench.run(lookAgain, { readingId });
  expect(await articles()).toMatchObject([{ revision: 1, state: 'live' }]);
  expect(await bench.alerts.open()).toEqual([]);
});

test('of an edit whose page cannot be read, less than what is known is no revision', async () => {
  const at = 'https://bao.example/ke-na-sang-781204.html';
  await published(page(112), { ...ref, url: at });
  const edited = { ...ref, url: at, stamp: '2' };
  bench.script.poll = () => ({ refs: [edited], cursor: { at: 2 }, unchanged: false, notBefore: null, warnings: [] });
  bench.clock.advance(minute);
  await bench.run(pollSource, { sourceId: 'portal' });
  const hints = { headline: 'Kè Nà Sang che chở 112 hộ', bodyHtml: '<p>Sáng 25/11, xã Nà Sang có kè.</p>' };
  bench.script.read = () => ({ kind: 'page', url: at, html: '', hints, partial: true });
  await bench.run(readArticle, bench.added.findLast(({ kind }) => kind === 'read-article')!.payload as never);
  expect(await articles()).toMatchObject([{ revision: 1 }]);
});
