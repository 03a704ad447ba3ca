import { describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { pageSource } from '#src/sources/page.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { paths, siteBench, siteTools } from '#tests/fakes/site-bench.ts';
import { type SiteLanguage, siteStory } from '#tests/fakes/site-pages.ts';
import { startSite } from '#tests/fakes/site-server.ts';

const bench = siteBench();
const settingsOf = (more: object = {}) => pageSource.settings.parse({ url: `${bench.site.url}/`, ...more });
const poll = (cursor: Cursor = null, more: object = {}) =>
  pageSource.poll(JSON.parse(JSON.stringify(cursor)), settingsOf(more), bench.tools);
const html = { 'content-type': 'text/html; charset=utf-8' };
const serve = (body: string | Uint8Array, path = '/') => bench.site.routes.set(path, fake.answer(200, body, html));
const titled = '.news-list h3 a';

sourceContract(pageSource, async () => {
  const time = manualClock();
  const { http, tools } = siteTools(time);
  const served = await startSite();
  return {
    settings: pageSource.settings.parse({ url: `${served.url}/`, links: titled }),
    tools,
    clock: time,
    async publish(name, headline) {
      const path = `/thoi-su/${name}-1234.html`;
      const rest = served.stories.filter((story) => story.path !== path);
      served.stories = [{ ...siteStory('vi', 3, time.now()), path, headline }, ...rest];
    },
    breakDown: async () => void served.routes.set('/', fake.answer(500, 'x')),
    async close() {
      await http.close();
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
      await bench.open({ language }, 8);
      const { refs, warnings } = await poll(null, more);
      expect(refs.map(({ title }) => title)).toEqual(bench.site.stories.map(({ headline }) => headline).reverse());
      expect(refs.map(({ externalId }) => externalId)).toEqual(
        bench.site.stories.map(({ path }) => bench.site.url + path).reverse(),
      );
      expect(warnings).toEqual([]);
    },
  );

  it('is asked conditionally, and tells only what is new in it or renamed', async () => {
    await bench.open({}, 8);
    const first = await poll();
    expect(await poll(first.cursor)).toMatchObject({ refs: [], unchanged: true });
    expect(bench.site.requests.filter(({ path }) => path === '/').map(({ status }) => status)).toEqual([200, 304]);
    bench.site.stories.unshift(siteStory('vi', 20, bench.clock.now()));
    bench.site.stories[3] = { ...bench.site.stories[3]!, headline: 'Chợ phiên Nà Pan đổi ngày họp sang Chủ nhật' };
    const second = await poll(first.cursor);
    expect(paths(second.refs)).toEqual([bench.site.stories[3]!.path, bench.site.stories[0]!.path]);
    // What leaves it and comes back is not news.
    const removed = bench.site.stories.pop()!;
    const third = await poll(second.cursor);
    bench.site.stories.push(removed);
    expect((await poll(third.cursor)).refs).toEqual([]);
  });

  it('may stand behind a base address, in another charset, with links of every kind', async () => {
    await bench.open({}, 8);
    const body = `<html><head><base href="/tin/"><meta charset="windows-1258"></head><body><ul class="l">
      <li><a href="mot-1001.html?fbclid=x#y">M\xf4t</a><li><a href="//127.0.0.1:1/x">C\xe2u</a><li><a href="javascript:x()">x</a>
      <li><a href="mailto:a@b.example">m</a><li><a href="https://khac.example/z">z</a><li><a href="#top">t</a><li><a href="anh.jpg">a</a></ul>`;
    bench.site.routes.set('/', fake.answer(200, Buffer.from(body, 'latin1'), { 'content-type': 'text/html' }));
    const { refs } = await poll(null, { links: '.l a' });
    expect(refs.map(({ externalId, title }) => [externalId, title])).toEqual([
      ['http://127.0.0.1:1/x', 'Câu'],
      [`${bench.site.url}/tin/mot-1001.html`, 'Môt'],
    ]);
  });

  it('gives titles and dates by selector, each of its own entry', async () => {
    await bench.open({}, 8);
    const { refs } = await poll(null, { links: '.item a.thumb', title: 'h3', date: '.date' });
    const newest = refs.at(-1)!;
    expect(newest.title).toBe(bench.site.stories[0]!.headline);
    expect(newest.payload).toMatchObject({ date: expect.stringMatching(/^\d\d\/11\/2026 \d\d:\d\d$/) });
    expect(new Set(refs.map(({ payload }) => (payload as { date: string }).date)).size).toBe(refs.length);
  });

  it('may be several, together without repetition', async () => {
    await bench.open({}, 8);
    const urls = [`${bench.site.url}/thoi-su`, `${bench.site.url}/kinh-te`];
    const first = await poll(null, { urls });
    expect(first.refs).toHaveLength(8);
    expect(first.interval).toBe(120_000);
    bench.site.stories.unshift(siteStory('vi', 18, bench.clock.now()));
    expect(paths((await poll(first.cursor, { urls })).refs)).toEqual([bench.site.stories[0]!.path]);
  });

  it('that is watched later brings nothing that stood there before', async () => {
    await bench.open({}, 2);
    const first = await poll(null, { links: 'h3 a' });
    const old = { ...siteStory('vi', 9, bench.clock.now()), path: '/van-hoa/cu-9009.html' };
    serve(`<main><h3><a href="${old.path}">${old.headline}</a></h3></main>`, '/van-hoa');
    const second = await poll(first.cursor, { links: 'h3 a', urls: [`${bench.site.url}/van-hoa`] });
    expect(second.refs).toEqual([]);
  });

  it('of others is asked once a minute at most, or as they ask', async () => {
    const asked: string[] = [];
    const answer = { status: 200, headers: html, movedTo: null };
    const body = Buffer.from(
      '<ul><li><h3><a href="/tin/mot-bai-rat-moi-1001.html">Một bài rất mới ở trang này</a></h3></ul>',
    );
    const others: SourceTools = {
      ...bench.tools,
      http: {
        async request({ url }) {
          asked.push(url);
          return { ...answer, url, body };
        },
      },
      robots: {
        ...bench.tools.robots,
        verdict: async () => 'allowed',
        turn: async () => ({ wait: 0, isMine: true }),
        delay: async () => 0,
      },
    };
    await bench.open({}, 8);
    const settings = pageSource.settings.parse({
      url: 'https://bao.example/',
      urls: ['https://bao.example/a'],
      links: 'h3 a',
    });
    const first = await pageSource.poll(null, settings, others);
    expect(first).toMatchObject({ notBefore: bench.clock.now() + 120_000, interval: 120_000 });
    bench.clock.advance(119_000);
    expect(await pageSource.poll(first.cursor, settings, others)).toMatchObject({
      unchanged: true,
      cursor: first.cursor,
    });
    expect(asked).toHaveLength(2);
    bench.clock.advance(1000);
    await pageSource.poll(first.cursor, settings, others);
    expect(asked).toHaveLength(4);
  });

  it('that moved for good is a warning', async () => {
    await bench.open({}, 8);
    bench.site.routes.set('/cu', fake.redirect(301, '/'));
    expect((await poll(null, { url: `${bench.site.url}/cu` })).warnings).toEqual([
      expect.stringContaining(`moved for good to ${bench.site.url}/`),
    ]);
  });
});

describe('a list that lists nothing', () => {
  it('though it did is a changed layout, never no news', async () => {
    await bench.open({}, 8);
    const first = await poll(null, { links: titled });
    serve('<main><div class="tin-moi"><p>Đang cập nhật</p></div></main>');
    await expect(poll(first.cursor, { links: titled })).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(/lists no article any more, though it listed 8: its layout has changed/),
      next: expect.stringContaining('`links`'),
    });
  });

  it('as the selector matches nothing names it', async () => {
    await bench.open({}, 8);
    await expect(poll(null, { links: '.tin h9' })).rejects.toThrow('nothing there matches `.tin h9`');
  });

  it('may be one that is still empty', async () => {
    await bench.open({}, 0);
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
    await bench.open({}, 8);
    serve(body);
    await expect(poll()).rejects.toThrow(message);
  });

  it('among several is a warning, and the others go on', async () => {
    await bench.open({}, 8);
    const urls = [`${bench.site.url}/thoi-su`];
    const first = await poll(null, { urls });
    bench.site.routes.set('/thoi-su', fake.answer(500, 'x'));
    bench.site.stories.unshift(siteStory('vi', 20, bench.clock.now()));
    const second = await poll(first.cursor, { urls });
    expect(paths(second.refs)).toEqual([bench.site.stories[0]!.path]);
    expect(second.warnings).toEqual([expect.stringContaining('has a fault (500)')]);
  });
});
