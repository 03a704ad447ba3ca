import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { pageSource } from '#src/sources/page.ts';
import { createRobots } from '#src/sources/robots.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { type SiteLanguage, siteStories, siteStory } from '#tests/fakes/site-pages.ts';
import { type FakeSite, type SiteOptions, startSite } from '#tests/fakes/site-server.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

let clock: ManualClock;
let http: HttpClient;
let tools: SourceTools;
let site: FakeSite;

beforeEach(() => {
  clock = manualClock();
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock });
  tools = { ...testSourceTools(http, clock), robots: createRobots({ http, clock }) };
});
afterEach(async () => {
  await http.close();
  await site?.close();
});

async function open(options: SiteOptions = {}, count = 8): Promise<void> {
  site = await startSite({ stories: siteStories(options.language ?? 'vi', count, clock.now()), ...options });
}
const settingsOf = (more: object = {}) => pageSource.settings.parse({ url: `${site.url}/`, ...more });
const poll = (cursor: Cursor = null, more: object = {}) =>
  pageSource.poll(JSON.parse(JSON.stringify(cursor)), settingsOf(more), tools);
const paths = (refs: readonly ArticleRef[]) => refs.map(({ url }) => new URL(url!).pathname);
const read = (ref: ArticleRef, more: object = {}) => pageSource.read(ref, settingsOf(more), tools);
const html = { 'content-type': 'text/html; charset=utf-8' };
const serve = (body: string | Uint8Array, path = '/') => site.routes.set(path, fake.answer(200, body, html));
const titled = '.news-list h3 a';

sourceContract(pageSource, async () => {
  const time = manualClock();
  const client = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: time });
  const served = await startSite();
  return {
    settings: pageSource.settings.parse({ url: `${served.url}/`, links: titled }),
    tools: { ...testSourceTools(client, time), robots: createRobots({ http: client, clock: time }) },
    clock: time,
    async publish(name, headline) {
      const path = `/thoi-su/${name}-1234.html`;
      const rest = served.stories.filter((story) => story.path !== path);
      served.stories = [{ ...siteStory('vi', 3, time.now()), path, headline }, ...rest];
    },
    breakDown: async () => void served.routes.set('/', fake.answer(500, 'x')),
    async close() {
      await client.close();
      await served.close();
    },
  };
});

describe('a list', () => {
  it.each<[SiteLanguage, string, object]>([
    ['vi', 'a selector', { links: titled }],
    ['vi', 'likeness', {}],
    ['th', 'likeness', {}],
    ['ja', 'likeness', {}],
  ])(
    'in %s is read by %s: each article once, from the last to the first, under its title',
    async (language, _by, more) => {
      await open({ language });
      const { refs, warnings } = await poll(null, more);
      expect(refs.map(({ title }) => title)).toEqual(site.stories.map(({ headline }) => headline).reverse());
      expect(refs.map(({ externalId }) => externalId)).toEqual(
        site.stories.map(({ path }) => site.url + path).reverse(),
      );
      expect(warnings).toEqual([]);
    },
  );

  it('is asked conditionally, and tells only what is new in it or renamed', async () => {
    await open();
    const first = await poll();
    expect(await poll(first.cursor)).toMatchObject({ refs: [], unchanged: true });
    expect(site.requests.filter(({ path }) => path === '/').map(({ status }) => status)).toEqual([200, 304]);
    site.stories.unshift(siteStory('vi', 20, clock.now()));
    site.stories[3] = { ...site.stories[3]!, headline: 'Chợ phiên Nà Pan đổi ngày họp sang Chủ nhật' };
    const second = await poll(first.cursor);
    expect(paths(second.refs)).toEqual([site.stories[3]!.path, site.stories[0]!.path]);
    // What leaves it and comes back is not news.
    const removed = site.stories.pop()!;
    const third = await poll(second.cursor);
    site.stories.push(removed);
    expect((await poll(third.cursor)).refs).toEqual([]);
  });

  it('may stand behind a base address, in another charset, with links of every kind', async () => {
    await open();
    const body = `<html><head><base href="/tin/"><meta charset="windows-1258"></head><body><ul class="l">
      <li><a href="mot-1001.html?fbclid=x#y">M\xf4t</a><li><a href="//127.0.0.1:1/x">C\xe2u</a><li><a href="javascript:x()">x</a>
      <li><a href="mailto:a@b.example">m</a><li><a href="https://khac.example/z">z</a><li><a href="#top">t</a><li><a href="anh.jpg">a</a></ul>`;
    site.routes.set('/', fake.answer(200, Buffer.from(body, 'latin1'), { 'content-type': 'text/html' }));
    const { refs } = await poll(null, { links: '.l a' });
    expect(refs.map(({ externalId, title }) => [externalId, title])).toEqual([
      ['http://127.0.0.1:1/x', 'Câu'],
      [`${site.url}/tin/mot-1001.html`, 'Môt'],
    ]);
  });

  it('gives titles and dates by selector, each of its own entry', async () => {
    await open();
    const { refs } = await poll(null, { links: '.item a.thumb', title: 'h3', date: '.date' });
    const newest = refs.at(-1)!;
    expect(newest.title).toBe(site.stories[0]!.headline);
    expect(newest.payload).toMatchObject({ date: expect.stringMatching(/^\d\d\/11\/2026 \d\d:\d\d$/) });
    expect(new Set(refs.map(({ payload }) => (payload as { date: string }).date)).size).toBe(refs.length);
  });

  it('may be several, together without repetition', async () => {
    await open();
    const urls = [`${site.url}/thoi-su`, `${site.url}/kinh-te`];
    const first = await poll(null, { urls });
    expect(first.refs).toHaveLength(8);
    expect(first.interval).toBe(120_000);
    site.stories.unshift(siteStory('vi', 18, clock.now()));
    expect(paths((await poll(first.cursor, { urls })).refs)).toEqual([site.stories[0]!.path]);
  });

  it('that is watched later brings nothing that stood there before', async () => {
    await open({}, 2);
    const first = await poll(null, { links: 'h3 a' });
    const old = { ...siteStory('vi', 9, clock.now()), path: '/van-hoa/cu-9009.html' };
    serve(`<main><h3><a href="${old.path}">${old.headline}</a></h3></main>`, '/van-hoa');
    const second = await poll(first.cursor, { links: 'h3 a', urls: [`${site.url}/van-hoa`] });
    expect(second.refs).toEqual([]);
  });

  it('of others is asked once a minute at most, or as they ask', async () => {
    const asked: string[] = [];
    const answer = { status: 200, headers: html, movedTo: null };
    const body = Buffer.from(
      '<ul><li><h3><a href="/tin/mot-bai-rat-moi-1001.html">Một bài rất mới ở trang này</a></h3></ul>',
    );
    const others: SourceTools = {
      ...tools,
      http: {
        async request({ url }) {
          asked.push(url);
          return { ...answer, url, body };
        },
      },
      robots: {
        ...tools.robots,
        verdict: async () => 'allowed',
        turn: async () => ({ wait: 0, isMine: true }),
        delay: async () => 0,
      },
    };
    await open();
    const settings = pageSource.settings.parse({
      url: 'https://bao.example/',
      urls: ['https://bao.example/a'],
      links: 'h3 a',
    });
    const first = await pageSource.poll(null, settings, others);
    expect(first).toMatchObject({ notBefore: clock.now() + 120_000, interval: 120_000 });
    clock.advance(119_000);
    expect(await pageSource.poll(first.cursor, settings, others)).toMatchObject({
      unchanged: true,
      cursor: first.cursor,
    });
    expect(asked).toHaveLength(2);
    clock.advance(1000);
    await pageSource.poll(first.cursor, settings, others);
    expect(asked).toHaveLength(4);
  });

  it('that moved for good is a warning', async () => {
    await open();
    site.routes.set('/cu', fake.redirect(301, '/'));
    expect((await poll(null, { url: `${site.url}/cu` })).warnings).toEqual([
      expect.stringContaining(`moved for good to ${site.url}/`),
    ]);
  });
});

describe('a list that lists nothing', () => {
  it('though it did is a changed layout, never no news', async () => {
    await open();
    const first = await poll(null, { links: titled });
    serve('<main><div class="tin-moi"><p>Đang cập nhật</p></div></main>');
    await expect(poll(first.cursor, { links: titled })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/lists no article any more, though it listed 8: its layout has changed/),
      next: expect.stringContaining('`links`'),
    });
  });

  it('as the selector matches nothing names it', async () => {
    await open();
    await expect(poll(null, { links: '.tin h9' })).rejects.toThrow('nothing there matches `.tin h9`');
  });

  it('may be one that is still empty', async () => {
    await open({}, 0);
    serve('<main><ul class="news-list"></ul></main>');
    expect((await poll(null, { links: titled })).refs).toEqual([]);
  });

  it.each([
    [
      'built by scripts',
      '<html><body><div id="root"></div><script src="/app.js"></script></body></html>',
      'built by scripts in the reader’s browser',
    ],
    [
      'behind a check for humans',
      '<html><head><title>Just a moment...</title></head><body><script>_cf_chl_opt</script></body></html>',
      'shows a check for humans',
    ],
    ['no page', '{"items":[]}', 'is not a web page'],
  ])('%s is said in plain words', async (_name, body, message) => {
    await open();
    serve(body);
    await expect(poll()).rejects.toThrow(message);
  });

  it('among several is a warning, and the others go on', async () => {
    await open();
    const urls = [`${site.url}/thoi-su`];
    const first = await poll(null, { urls });
    site.routes.set('/thoi-su', fake.answer(500, 'x'));
    site.stories.unshift(siteStory('vi', 20, clock.now()));
    const second = await poll(first.cursor, { urls });
    expect(paths(second.refs)).toEqual([site.stories[0]!.path]);
    expect(second.warnings).toEqual([expect.stringContaining('has a fault (500)')]);
  });
});

describe('robots.txt', () => {
  it('may forbid the list, some articles, or all of them', async () => {
    await open({ robots: 'Disallow: /$' });
    await expect(poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/^robots\.txt of 127.* does not let Loa read/),
      next: expect.stringContaining('"Loa"'),
    });
    const later = async (robots: string) => {
      site.robots = robots;
      clock.advance(3_700_000);
    };
    await later('Disallow: /kinh-te/');
    const { refs, warnings } = await poll();
    expect(paths(refs).filter((path) => path.startsWith('/kinh-te/'))).toEqual([]);
    expect(warnings).toHaveLength(1);
    await later('Disallow: /*.html');
    await expect(poll()).rejects.toThrow('any of the 8 articles');
  });

  it('is kept to when an article is read, also behind a redirect', async () => {
    await open({ robots: 'Disallow: /kin/' });
    const ref = (path: string): ArticleRef => ({
      externalId: path,
      url: site.url + path,
      title: null,
      stamp: '',
      sign: 'changed',
      payload: null,
    });
    await expect(read(ref('/kin/a'))).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('does not let Loa read'),
    });
    site.routes.set('/di', fake.redirect(302, '/kin/a'));
    serve('<p>x</p>', '/kin/a');
    await expect(read(ref('/di'))).rejects.toThrow('does not let Loa read');
    site.routes.set('/robots.txt', fake.answer(503, ''));
    clock.advance(3_700_000);
    await expect(read(ref('/kin/a'))).rejects.toThrow('does not let Loa read');
  });

  it('is asked for again where it cannot be read', async () => {
    await open();
    site.routes.set('/robots.txt', fake.answer(503, ''));
    await expect(poll()).rejects.toThrow('robots.txt cannot be read');
  });

  it('sets the pace of articles', async () => {
    await open({ robots: 'Crawl-delay: 30' });
    const { refs } = await poll(null, { links: titled });
    await expect(read(refs[0]!)).rejects.toMatchObject({ name: 'NotYet', at: clock.now() + 30_000 });
    clock.advance(30_000);
    expect(await read(refs[0]!)).toMatchObject({ kind: 'page' });
  });
});

describe('an article', () => {
  const first = async (more: object = {}) => (await poll(null, more)).refs.at(-1)!;

  it('says itself what it is called; the list helps where it does not', async () => {
    await open();
    const ref = await first({ links: titled, date: '.date' });
    expect(await read(ref)).toMatchObject({ kind: 'page', hints: {} });
    serve(`<p>${'Nước suối dâng cao trong đêm, bà con dời lên đồi. '.repeat(9)}</p>`, site.stories[0]!.path);
    expect(await read(ref)).toMatchObject({
      hints: { headline: site.stories[0]!.headline, publishedAt: expect.any(String) },
    });
  });

  it.each<[string, fake.Route, object]>([
    ['410', fake.answer(410, ''), { kind: 'gone', certain: true }],
    ['404', fake.answer(404, ''), { kind: 'gone', certain: false }],
    [
      'a way to the front page',
      fake.redirect(302, '/'),
      { kind: 'gone', certain: false, reason: expect.stringContaining('front page') },
    ],
    [
      'a way to its section',
      fake.redirect(302, '/thoi-su'),
      { kind: 'gone', certain: false, reason: expect.stringContaining('list of articles') },
    ],
    [
      'a page that says so',
      fake.answer(200, '<title>Không tìm thấy trang</title><h1>404</h1>', html),
      { kind: 'gone', certain: false },
    ],
  ])('is gone by %s', async (_name, route, expected) => {
    await open({}, 24);
    const story = site.stories.find(({ section }) => section === 'thoi-su')!;
    const ref = (await poll()).refs.find(({ url }) => url!.endsWith(story.path))!;
    site.routes.set(story.path, route);
    expect(await read(ref)).toMatchObject(expected);
  });

  it('behind a wall is named, not stored', async () => {
    await open();
    const ref = await first();
    site.routes.set(
      site.stories[0]!.path,
      fake.answer(403, '<title>Just a moment...</title><script>_cf_chl_opt={}</script>', html),
    );
    await expect(read(ref)).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('a check for humans (Cloudflare)'),
    });
    site.routes.set(site.stories[0]!.path, fake.redirect(302, '/login'));
    serve('<title>Đăng nhập</title><form><input type="password"></form>', '/login');
    await expect(read(ref)).rejects.toThrow('shows a login');
  });

  it('that leaves the middle of the list is only looked at', async () => {
    await open();
    const before = await poll();
    const [removed] = site.stories.splice(2, 1);
    const { refs } = await poll(before.cursor);
    expect(refs).toMatchObject([{ sign: 'gone', externalId: site.url + removed!.path }]);
    site.stories.push(removed!);
    expect(await read(refs[0]!)).toBeNull();
  });
});

describe('discovery', () => {
  const discover = async (path = '/') => {
    const url = site.url + path;
    return pageSource.discover!({ url, html: await (await fetch(url)).text() }, tools);
  };

  it.each<SiteLanguage>(['vi', 'th', 'ja'])(
    'in %s finds the front page’s list and a selector that a person could have written',
    async (language) => {
      await open({ language }, 16);
      const [found] = await discover();
      expect(found).toMatchObject({ found: 'a list of 16 articles on the front page', needs: null });
      expect(found!.settings['links']).toMatch(/^[.\w #-]{4,40}$/);
      expect(found!.guesses['links']).toBe('it finds 16 of the 16 links that look like articles');
      const { refs } = await pageSource.poll(null, pageSource.settings.parse(found!.settings), tools);
      expect(refs.map(({ title }) => title)).toEqual(site.stories.map(({ headline }) => headline).reverse());
    },
  );

  it('prefers a section that lists more than the front page', async () => {
    await open({}, 16);
    serve(`<nav><a href="/thoi-su">Tin tức</a></nav><main><h1>Báo</h1><p>Chào mừng.</p></main>`);
    expect(await discover()).toMatchObject([{ settings: { url: `${site.url}/thoi-su` } }]);
  });

  it('finds nothing where nothing is, or may be', async () => {
    await open({ robots: 'Disallow: /' });
    expect(await discover()).toEqual([]);
    await site.close();
    await open();
    serve('<p>Xin chào.</p>');
    clock.advance(3_700_000);
    expect(await discover()).toEqual([]);
  });
});
