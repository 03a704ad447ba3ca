import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { pollSource } from '#jobs/poll-source.ts';
import { readArticle } from '#jobs/read-article.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
type RawPage = Extract<RawArticle, { kind: 'page' }>;

const minute = 60_000;
const cause = 'source-portal-profile';
const usual = loadProfile('vietnamese-portal');

beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.reset();
  bench.deps.sources.get('portal')!.profile = usual;
});

const story = (number: number) =>
  [
    `Sáng 25/11, thôn Nà Mười ${number} khánh thành nhà sinh hoạt cộng đồng rộng hai trăm mét vuông sau năm tháng thi công.`,
    'Công trình do người dân góp gần bốn trăm ngày công, phần vật liệu lấy từ quỹ của xã và hai hợp tác xã trong vùng.',
    'Từ tuần sau, lớp xóa mù chữ buổi tối sẽ chuyển về đây, gần nhà của phần lớn học viên hơn trước.',
  ].map((text) => `<p>${text}</p>`);

function page(number: number, { body = 'detail-content', photo = true, text = story(number) } = {}): RawPage {
  const figure = photo
    ? `<figure><img src="/anh/${number}.jpg" width="900" height="600"><figcaption>Nhà mới</figcaption></figure>`
    : '';
  return {
    kind: 'page',
    url: `https://bao.example/tin-${number}`,
    html: `<!doctype html><html lang="vi"><head><title>Nhà sinh hoạt ${number}</title></head><body>
<h1>Thôn Nà Mười ${number} có nhà sinh hoạt</h1><div class="${body}">${text.join('')}${figure}</div></body></html>`,
    hints: {},
  };
}

const shell: RawArticle = {
  kind: 'page',
  url: 'https://bao.example/x',
  html: '<!doctype html><html lang="vi"><head><title>Báo Thử</title></head><body><div id="app"></div><script src="/app.js"></script></body></html>',
  hints: {},
};

/** Each article is polled and read, one after another. */
async function read(pages: Readonly<Record<number, RawArticle>>): Promise<void> {
  for (const [number, raw] of Object.entries(pages)) {
    const ref: ArticleRef = {
      externalId: `tin-${number}`,
      url: `https://bao.example/tin-${number}`,
      title: `Tin ${number}`,
      stamp: String(bench.clock.now()),
      sign: 'changed',
      payload: null,
    };
    bench.script.poll = () => ({ refs: [ref], cursor: {}, unchanged: false, notBefore: null, warnings: [] });
    bench.script.read = () => raw;
    bench.clock.advance(minute);
    await bench.run(pollSource, { sourceId: 'portal' });
    const request = bench.added.findLast(({ kind }) => kind === 'read-article');
    await bench.run(readArticle, request!.payload as { readingId: string });
  }
}

const headlines = async () => (await bench.deps.ledger.articles.list({ limit: 50 })).map(({ headline }) => headline);
const told = async () => (await bench.alerts.open()).find((alert) => alert.cause === cause);

describe('a page without a story', () => {
  test('becomes no article and is read again later', async () => {
    await read({ 1: shell });
    expect(await headlines()).toEqual([]);
    const [reading] = await bench.deps.ledger.sources.dueReadings(bench.clock.now() + 10 * minute, 10);
    expect(reading).toMatchObject({ state: 'due', error: expect.stringContaining('no story was found in its page') });
    expect(await told()).toBeUndefined();
  });

  test('raises one alert once a second one follows, which ends with the first that fits', async () => {
    await read({ 1: page(1), 2: shell, 3: shell });
    expect(await told()).toMatchObject({
      message: expect.stringMatching(
        /^The pages of source portal no longer fit profile vietnamese-portal: in 2 articles/,
      ),
      next: expect.stringContaining('docs/profiles.md'),
    });
    await read({ 4: page(4) });
    expect(await told()).toBeUndefined();
    expect(await headlines()).toHaveLength(2);
  });
});

describe('a page of one sentence', () => {
  const brief = page(1, { text: ['<p>Chợ Nà Mười nghỉ họp đến hết tuần.</p>'], photo: false, body: 'x' });

  test('is an article of a source of briefs', async () => {
    await read({
      1: brief,
      2: { ...brief, url: 'https://bao.example/tin-2', html: brief.html.replace('đến hết tuần', 'từ mai') },
    });
    expect(await headlines()).toHaveLength(2);
    expect(await told()).toBeUndefined();
  });

  test('is none where whole stories always stood', async () => {
    await read({ 1: page(1), 2: page(2), 3: page(3), 4: brief, 5: brief });
    expect(await headlines()).toHaveLength(3);
    expect((await told())?.message).toContain('in 2 articles in a row no story was found');
  });
});

test('pages that lost the body an operator named are read by likeness, with an alert', async () => {
  bench.deps.sources.get('portal')!.profile = {
    ...usual,
    selectors: { ...usual.selectors, body: ['.bai'] },
    expectsBody: true,
  };
  await read({ 1: page(1, { body: 'bai' }), 2: page(2, { body: 'khung' }), 3: page(3, { body: 'khung' }) });
  expect(await headlines()).toHaveLength(3);
  expect((await told())?.message).toContain('2 articles in a row have none of its body selectors');
});

test('articles without photos, where all had some, raise an alert and are articles all the same', async () => {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  await read(Object.fromEntries(numbers.map((number) => [number, page(number)])));
  await read({ 10: page(10, { photo: false }), 11: page(11, { photo: false }) });
  expect(await told()).toBeUndefined();
  await read({ 12: page(12, { photo: false }) });
  expect((await told())?.message).toBe(
    'The newest articles of source portal have no photos, and the 10 before them all had some',
  );
  expect(await headlines()).toHaveLength(13);
  await read({ 13: page(13) });
  expect(await told()).toBeUndefined();
});
