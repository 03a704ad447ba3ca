import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createDecisions } from '#jobs/decisions.ts';
import type { Deps } from '#jobs/deps.ts';
import { lookAgain } from '#jobs/look-again.ts';
import { pollSource } from '#jobs/poll-source.ts';
import { publishArticle } from '#jobs/publish-article.ts';
import { readArticle } from '#jobs/read-article.ts';
import { withdrawArticle } from '#jobs/withdraw-article.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';

let bench: JobBench;
let ledger: Deps['ledger'];
beforeAll(async () => {
  bench = await openJobBench();
  ledger = bench.deps.ledger;
  const sources = bench.deps.sources as Map<string, any>;
  const portal = sources.get('portal');
  sources.set('desk', { ...portal, settings: { ...portal.settings, id: 'desk' } });
});
afterAll(() => bench.close());
beforeEach(async () => {
  await bench.reset();
  await poll('portal', []);
  await poll('desk', []);
});

const minute = 60_000;
const url = 'https://bao.example/tram-bom-na-hin-cap-nuoc-781204.html';
const lead = 'Sáng nay, trạm bơm Nà Hin bắt đầu cấp nước cho 310 hộ ở ba bản vùng cao sau bảy tháng thi công.';
const rest =
  'Nước được bơm từ suối Thẳm lên bể chứa 200 mét khối rồi tự chảy về các bản. Trước đây người dân phải gùi nước hơn một cây số.\n\nTrưởng bản Lò Văn Pâng nói mỗi nhà góp năm ngày công đào rãnh. Huyện sẽ kéo thêm đường ống tới bản Pá Hu vào mùa khô năm tới.';

function ref(change: Partial<ArticleRef> = {}): ArticleRef {
  return { externalId: 'tin-1', url, title: 'Trạm bơm Nà Hin', stamp: '1', sign: 'changed', payload: null, ...change };
}

interface Page {
  headline?: string;
  text?: string;
  photos?: number;
}

function page({
  headline = 'Trạm bơm Nà Hin cấp nước cho 310 hộ vùng cao',
  text = `${lead}\n\n${rest}`,
  photos = 0,
}: Page = {}): RawArticle {
  const shown = Array.from(
    { length: photos },
    (_, n) =>
      `<figure><img src="https://anh.example/${n}.jpg" width="900" height="600"><figcaption>Bể chứa ${n}</figcaption></figure>`,
  );
  const bodyHtml = [...text.split('\n\n').map((one) => `<p>${one}</p>`), ...shown].join('');
  return { kind: 'page', url, html: '', hints: { headline, bodyHtml, publishedAt: '2026-11-25T07:30:00Z' } };
}

async function poll(sourceId: string, refs: ArticleRef[]): Promise<string> {
  bench.script.poll = () => ({ refs, cursor: { at: 1 }, unchanged: false, notBefore: null, warnings: [] });
  bench.clock.advance(minute);
  await bench.run(pollSource, { sourceId });
  const request = bench.added.findLast(({ kind }) => kind === 'read-article');
  return (request?.payload as { readingId: string } | undefined)?.readingId ?? '';
}

async function read(sourceId: string, found: Partial<ArticleRef>, raw: RawArticle): Promise<void> {
  const readingId = await poll(sourceId, [ref(found)]);
  bench.script.read = () => raw;
  await bench.run(readArticle, { readingId });
}

const articles = () => ledger.articles.list({ limit: 10 });
const story = async () =>
  (await ledger.articles.events((await articles())[0]!.id)).map(({ kind, detail }) => [kind, detail]);
/** Not their corrections. */
const posts = async () => (await ledger.deliveries.list({ limit: 10 })).filter(({ op }) => op === 'create');

describe('one story from two sources', () => {
  test('is one article, and the poorer reading only adds its name', async () => {
    await read('portal', {}, page({ photos: 2 }));
    const summary = page({ text: lead });
    await read(
      'desk',
      { externalId: 'd-1', url: 'http://m.bao.example/tram-bom-na-hin-cap-nuoc-781204.html?utm_source=x' },
      summary,
    );
    expect(await articles()).toMatchObject([{ revision: 1, photos: [{}, {}] }]);
    expect((await story()).at(-1)).toEqual([
      'joined',
      'source desk has it too, as d-1: the same address; the text stays that of source portal, which gives more',
    ]);
    // What the poorer source changes is no revision, again and again.
    await read('desk', { externalId: 'd-1', stamp: '2' }, page({ text: `${lead} Có ảnh.` }));
    expect(await articles()).toMatchObject([{ revision: 1 }]);
    expect(await posts()).toHaveLength(1);
  });

  test('takes the text of the richer one, and never flips back', async () => {
    await read('desk', { externalId: 'd-1' }, page({ text: lead }));
    await read('portal', {}, page({ photos: 2 }));
    expect(await articles()).toMatchObject([{ revision: 2, sourceId: 'desk', photos: [{}, {}] }]);
    expect((await story()).map(([kind]) => kind)).toEqual(['first seen', 'joined', 'revised']);
    for (const stamp of ['2', '3'])
      await read('desk', { externalId: 'd-1', stamp }, page({ text: `${lead} Bản ${stamp}.` }));
    expect(await articles()).toMatchObject([{ revision: 2 }]);
    await read(
      'portal',
      { stamp: '2' },
      page({ photos: 2, text: `${lead}\n\n${rest} Lễ khánh thành có 200 người dự.` }),
    );
    expect(await articles()).toMatchObject([{ revision: 3 }]);
    expect(await posts()).toHaveLength(1);
  });

  test('read at the same moment by two processes is one article', async () => {
    const first = await poll('portal', [ref()]);
    const second = await poll('desk', [ref({ externalId: 'd-1', url: 'https://khac.example/x-99120.html' })]);
    bench.script.read = (asked) => ({ ...page(), url: asked.url }) as RawArticle;
    await Promise.all([bench.run(readArticle, { readingId: first }), bench.run(readArticle, { readingId: second })]);
    expect(await articles()).toHaveLength(1);
    expect(await posts()).toHaveLength(1);
  });

  test('under a new guid, address, headline and date is still that article', async () => {
    await read('portal', {}, page());
    const renamed = { externalId: 'urn:9', url: 'https://bao.example/ten-khac-781204.html' };
    const moved = page({ headline: 'Trạm bơm Nà Hin đã cấp nước cho 310 hộ vùng cao' });
    await read('portal', renamed, { ...moved, url: renamed.url } as RawArticle);
    expect(await articles()).toMatchObject([{ revision: 2 }]);
    expect((await story()).at(1)).toEqual([
      'joined',
      'source portal calls it urn:9 now: the same number in its address, and much in common',
    ]);
  });

  test('whose page names a section as its address keeps the one it was found at', async () => {
    const astray = page();
    if (astray.kind === 'page') astray.hints.url = 'https://bao.example/thoi-su/';
    await read('portal', {}, astray);
    expect(await articles()).toMatchObject([{ url }]);
  });
});

describe('an article that comes back', () => {
  const gone = (): RawArticle => ({ kind: 'gone', certain: true, reason: 'its page was taken down (410)' });

  test('after the newsroom withdrew it is in the feeds again and never posted again', async () => {
    await read('portal', {}, page());
    const { id } = (await articles())[0]!;
    await bench.run(publishArticle, { articleId: id, revision: 1 });
    await read('portal', { sign: 'gone', stamp: '2' }, gone());
    await bench.run(withdrawArticle, bench.added.findLast(({ kind }) => kind === 'withdraw-article')!.payload as never);
    expect(await articles()).toMatchObject([{ state: 'withdrawn' }]);

    await read('portal', { stamp: '3' }, page());
    expect(await articles()).toMatchObject([{ state: 'live', revision: 2 }]);
    expect(bench.added.at(-1)).toMatchObject({ kind: 'publish-article', payload: { articleId: id, revision: 2 } });
    expect((await story()).at(-1)).toEqual(['returned', 'returned']);
    expect((await posts()).map(({ op, state }) => [op, state])).toEqual([['create', 'cancelled']]);
  });

  test('stays withdrawn where a person withdrew it', async () => {
    await read('portal', {}, page());
    const { id } = (await articles())[0]!;
    await createDecisions(bench.deps).withdraw(id, 'sai sự thật');
    await read('portal', { stamp: '2' }, page({ headline: 'Trạm bơm Nà Hin, bản sửa' }));
    expect(await articles()).toMatchObject([{ state: 'withdrawn' }]);
  });

  test('never went where its old page is gone and it stands at a new address', async () => {
    await read('portal', {}, page());
    await read('portal', { externalId: 'moi', url: 'https://bao.example/ten-khac-781204.html' }, page());
    await read('portal', { sign: 'gone', stamp: '2' }, gone());
    expect(bench.added.filter(({ kind }) => kind === 'withdraw-article')).toEqual([]);
    expect(await articles()).toMatchObject([{ state: 'live' }]);
  });
});

describe('an article at two addresses', () => {
  const other = { externalId: 'd-1', url: 'https://mua-lu.bao.example/tram-bom-781204.html' };
  const withdrawals = () => bench.added.filter(({ kind }) => kind === 'withdraw-article').length;

  async function twice(): Promise<[string, string]> {
    const ids: string[] = [];
    for (const [sourceId, found] of [['portal', {}] as const, ['desk', other] as const]) {
      ids.push(await poll(sourceId, [ref(found)]));
      bench.script.read = () => page();
      await bench.run(readArticle, { readingId: ids.at(-1)! });
    }
    expect(await articles()).toHaveLength(1);
    return ids as [string, string];
  }

  test('stands while it stands at one of them, and goes with the last', async () => {
    const [first, second] = await twice();
    bench.script.read = () => ({ kind: 'gone', certain: true, reason: 'its page was taken down (410)' });
    bench.clock.advance(60 * 60 * minute);
    await bench.run(lookAgain, { readingId: first });
    expect(withdrawals()).toBe(0);
    // However long it is since anybody looked at the other one.
    expect((await ledger.sources.dueLooks(bench.clock.now(), 9)).map(({ id }) => id)).toContain(second);
    await bench.run(lookAgain, { readingId: second });
    expect(withdrawals()).toBe(1);
  });

  test('stands where its source deleted it and set it anew, in whatever order both are read', async () => {
    await read('portal', {}, page());
    const anew = ref({ externalId: 'tin-2' });
    await poll('portal', [anew, ref({ sign: 'gone', stamp: 'x' })]);
    const due = await ledger.sources.dueReadings(bench.clock.now(), 9);
    const idOf = (name: string) => ({ readingId: due.find((one) => one.ref.externalId === name)!.id });
    bench.script.read = ({ sign }) =>
      sign === 'gone' ? { kind: 'gone', certain: true, reason: 'it is no longer published' } : page();
    expect(await bench.run(readArticle, idOf('tin-1'))).toMatchObject({ kind: 'later' });
    await bench.run(readArticle, idOf('tin-2'));
    bench.clock.advance(minute);
    expect(await bench.run(readArticle, idOf('tin-1'))).toEqual({ kind: 'done' });
    expect(withdrawals()).toBe(0);
    expect(await articles()).toMatchObject([{ state: 'live' }]);
  });

  test('that was missing at one of them and is there again stands there', async () => {
    const [first, second] = await twice();
    const gone: RawArticle = { kind: 'gone', certain: true, reason: 'its page was taken down (410)' };
    bench.script.read = () => gone;
    await bench.run(lookAgain, { readingId: first });
    bench.script.read = () => page();
    await bench.run(lookAgain, { readingId: first });
    bench.script.read = () => gone;
    await bench.run(lookAgain, { readingId: second });
    expect(withdrawals()).toBe(0);
  });

  test('goes by 404 at both once the grace time is over', async () => {
    const [first, second] = await twice();
    bench.script.read = () => ({ kind: 'gone', certain: false, reason: 'its page is not there (404)' });
    await bench.run(lookAgain, { readingId: first });
    await bench.run(lookAgain, { readingId: second });
    for (let looks = 0; looks < 2; looks++) {
      expect(withdrawals()).toBe(0);
      bench.clock.advance(12 * 60 * minute);
      await bench.run(readArticle, { readingId: first });
      await bench.run(readArticle, { readingId: second });
    }
    expect(withdrawals()).toBeGreaterThan(0);
  });
});

test('any number of stories may have one headline on one day', async () => {
  for (let n = 0; n < 14; n++) {
    const text =
      `Xã thứ ${n} ${'abcdefghijklmn'[n]!.repeat(9)} ${lead.slice(n * 3)} ${rest.slice(n * 20, n * 20 + 90)}`.repeat(2);
    const found = { externalId: `van-${n}`, url: `https://bao.example/tin-van-${20_000 + n}.html` };
    const short = page({ headline: 'Tin vắn', text: `${'xyzwvutsrqponm'[n]!.repeat(3)} ${n} `.repeat(60) + text });
    await read('portal', found, { ...short, url: found.url } as RawArticle);
  }
  expect(await ledger.articles.count()).toBe(14);
});

test('a page that is used again every day holds another article each day', async () => {
  const live = { externalId: 'https://bao.example/truc-tiep', url: 'https://bao.example/truc-tiep' };
  const day = (headline: string, text: string, at: string): RawArticle => {
    return { kind: 'page', url: live.url, html: '', hints: { headline, bodyHtml: `<p>${text}</p>`, publishedAt: at } };
  };
  await read('portal', live, day('Trực tiếp: lễ khánh thành', `${lead} ${rest}`, '2026-11-24T02:00:00Z'));
  const other =
    'Trận chung kết bắt đầu lúc 15 giờ trên sân vận động huyện, hai đội đã khởi động xong. Khán đài chật kín từ trưa, ban tổ chức mở thêm cửa phía nam. Trọng tài chính đến từ tỉnh bên, các trợ lý đều là người trong huyện.';
  await read('portal', { ...live, stamp: '2' }, day('Trực tiếp: chung kết bóng đá', other, '2026-11-25T07:00:00Z'));
  expect((await articles()).map(({ headline, revision }) => [headline, revision])).toEqual([
    ['Trực tiếp: chung kết bóng đá', 1],
    ['Trực tiếp: lễ khánh thành', 1],
  ]);
  await read(
    'portal',
    { ...live, stamp: '3' },
    day('Trực tiếp: chung kết bóng đá, hiệp hai', `${other} Tỉ số là 1-0.`, '2026-11-25T07:00:00Z'),
  );
  expect((await articles()).map(({ revision }) => revision)).toEqual([2, 1]);
});

test('a page that stood there at the first poll is posted once it holds a story that came since', async () => {
  await bench.reset();
  const live = { externalId: 'https://bao.example/gia-vang', url: 'https://bao.example/gia-vang' };
  const today = (headline: string, text: string): RawArticle => {
    const publishedAt = new Date(bench.clock.now()).toISOString();
    return { kind: 'page', url: live.url, html: '', hints: { headline, bodyHtml: `<p>${text}</p>`, publishedAt } };
  };
  await read('portal', live, today('Giá vàng đứng yên', `${lead} ${rest}`));
  bench.clock.advance(24 * 60 * minute);
  const other =
    'Trận chung kết bắt đầu lúc 15 giờ trên sân vận động huyện, hai đội đã khởi động xong. Khán đài chật kín từ trưa, ban tổ chức mở thêm cửa phía nam.';
  await read('portal', { ...live, stamp: '2' }, today('Giá vàng nhảy múa', other));
  expect(await articles()).toMatchObject([{ baseline: false }, { baseline: true }]);
  expect((await posts()).map(({ state }) => state).sort()).toEqual(['skipped', 'waiting']);
});
