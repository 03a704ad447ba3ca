import { describe, expect, it } from 'vitest';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { sitemapSource } from '#src/sources/sitemap.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { paths, siteBench, siteTools } from '#tests/fakes/site-bench.ts';
import { siteStory } from '#tests/fakes/site-pages.ts';
import { startSite } from '#tests/fakes/site-server.ts';

const bench = siteBench({ sitemap: 'news' });
const poll = (cursor: Cursor = null, url = bench.site.url) =>
  sitemapSource.poll(JSON.parse(JSON.stringify(cursor)), { url }, bench.tools);
const read = (ref: ArticleRef) => sitemapSource.read(ref, { url: bench.site.url }, bench.tools);
const urlset = (entries: [path: string, lastmod?: string | undefined][]) =>
  `<urlset>${entries.map(([path, lastmod]) => `<url><loc>${bench.site.url}${path}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`).join('')}</urlset>`;
const hoursAgo = (hours: number) => new Date(bench.clock.now() - hours * 3_600_000).toISOString();
const serve = (entries: [path: string, lastmod?: string | undefined][], path = '/sitemap.xml') =>
  bench.site.routes.set(path, fake.answer(200, urlset(entries), { 'content-type': 'application/xml' }));

sourceContract(sitemapSource, async () => {
  const time = manualClock();
  const { http, tools } = siteTools(time);
  const served = await startSite({ sitemap: 'news' });
  return {
    settings: { url: served.url },
    tools,
    clock: time,
    async publish(name, headline) {
      const path = `/thoi-su/${name}-1234.html`;
      const rest = served.stories.filter((story) => story.path !== path);
      served.stories = [{ ...siteStory('vi', 3, time.now()), path, headline }, ...rest];
    },
    async breakDown() {
      served.routes.set('/sitemap-news.xml', fake.answer(500, 'x'));
    },
    async close() {
      await http.close();
      await served.close();
    },
  };
});

describe('what is news', () => {
  it('is a new address, and one whose date changed; not what was asked before', async () => {
    await bench.open({}, 4);
    const first = await poll();
    expect(await poll(first.cursor)).toMatchObject({ refs: [], unchanged: true, interval: 120_000 });
    const same = await sitemapSource.poll(first.cursor, { url: bench.site.url }, bench.tools);
    expect(same.cursor).toBe(first.cursor);
    expect(bench.site.requests.filter(({ path }) => path === '/sitemap-news.xml').map(({ status }) => status)).toEqual([
      200, 304, 304,
    ]);
    bench.site.stories.unshift(siteStory('vi', 9, bench.clock.now()));
    bench.site.stories[2] = { ...bench.site.stories[2]!, editedAt: bench.clock.now() };
    const second = await poll(first.cursor);
    expect(paths(second.refs).sort()).toEqual([bench.site.stories[0]!.path, bench.site.stories[2]!.path].sort());
  });

  it('of a plain sitemap is of the last two days', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    serve([
      ['/tin/cu-1000.html', hoursAgo(50)],
      ['/tin/moi-1001.html', hoursAgo(47)],
      ['/tin/ngay-1002.html', '2026-11-23'],
      ['/tin/nam-1003.html', '2025-01-01'],
    ]);
    expect(paths((await poll()).refs).sort()).toEqual(['/tin/moi-1001.html', '/tin/ngay-1002.html']);
  });

  it('is the newest there is where nothing happened lately, at the first look alone', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    serve([
      ['/tin/cu-1000.html', hoursAgo(500)],
      ['/tin/cu-1001.html', hoursAgo(400)],
    ]);
    const first = await poll();
    expect(paths(first.refs)).toEqual(['/tin/cu-1000.html', '/tin/cu-1001.html']);
    serve([
      ['/tin/cu-1002.html', hoursAgo(300)],
      ['/tin/cu-1000.html', hoursAgo(500)],
    ]);
    expect((await poll(first.cursor)).refs).toEqual([]);
  });

  it('is only a new address where all have the same date, or none', async () => {
    for (const same of [hoursAgo(1), undefined]) {
      await bench.open({ sitemap: 'none' }, 4);
      const entries = Array.from({ length: 300 }, (_, index): [string, string | undefined] => [
        `/tin/bai-${1000 + index}.html`,
        same,
      ]);
      serve(entries);
      const first = await poll();
      expect(first.refs.length).toBeLessThan(21);
      bench.clock.advance(60_000);
      const later = same && hoursAgo(0);
      serve([...entries.map(([path]): [string, string | undefined] => [path, later]), ['/tin/moi-1400.html', later]]);
      const second = await poll(first.cursor);
      expect(paths(second.refs)).toEqual(['/tin/moi-1400.html']);
    }
  });

  it('is not what was there before its dates began to differ', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    const entries = Array.from({ length: 50 }, (_, index): [string, string] => [
      `/tin/bai-${1000 + index}.html`,
      hoursAgo(1),
    ]);
    serve(entries);
    const first = await poll();
    serve([['/tin/moi-1400.html', hoursAgo(0)], ...entries]);
    expect(paths((await poll(first.cursor)).refs)).toEqual(['/tin/moi-1400.html']);
  });

  it('is on the same site, in any of its hosts, and no file', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    const url = (address: string) => `<url><loc>${address}</loc><lastmod>${hoursAgo(1)}</lastmod></url>`;
    const all = [
      `${bench.site.url}/`,
      `${bench.site.url}/anh.jpg`,
      'https://khac.example/a',
      'https://tin.bao.example/b-1234',
      'javascript:alert(1)',
      `${bench.site.url}/tin/a-1234?utm_source=x`,
    ];
    bench.site.routes.set('/sitemap.xml', fake.answer(200, `<urlset>${all.map(url).join('')}</urlset>`));
    expect((await poll()).refs.map(({ externalId }) => externalId).sort()).toEqual(
      [`${bench.site.url}/tin/a-1234`, 'https://tin.bao.example/b-1234'].sort(),
    );
  });

  it('is never that something is missing; a young one is only looked at', async () => {
    await bench.open({}, 6);
    const first = await poll();
    const [removed] = bench.site.stories.splice(1, 1);
    const second = await poll(first.cursor);
    expect(second.refs).toMatchObject([{ sign: 'gone', url: `${bench.site.url}${removed!.path}` }]);
    expect(await read(second.refs[0]!)).toMatchObject({ kind: 'gone', certain: false });
    bench.site.stories.splice(1, 0, removed!);
    expect(await read(second.refs[0]!)).toBeNull();
    bench.site.stories.length = 0;
    await expect(poll(second.cursor)).rejects.toThrow('lists no article any more');
  });

  it('is remembered within bounds for 50,000 addresses', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    const entries = Array.from({ length: 50_000 }, (_, index): [string] => [`/tin/bai-${100_000 + index}.html`]);
    serve(entries);
    const first = await poll();
    expect(JSON.stringify(first.cursor).length).toBeLessThan(400_000);
    serve([...entries.slice(1), ['/tin/moi-999999.html']]);
    expect(paths((await poll(first.cursor)).refs)).toEqual(['/tin/moi-999999.html']);
  });
});

describe('robots.txt', () => {
  it('keeps forbidden articles out of the poll, and names itself where all are', async () => {
    await bench.open({ robots: 'Disallow: /kinh-te/' }, 4);
    const { refs, warnings } = await poll();
    expect(paths(refs).some((path) => path.startsWith('/kinh-te/'))).toBe(false);
    expect(warnings).toEqual([expect.stringMatching(/does not let Loa read \d of 4 articles/)]);
    // Later, one that is forbidden keeps nothing else back.
    const { cursor } = await poll();
    bench.site.stories.unshift({ ...siteStory('vi', 7, bench.clock.now()), path: '/kinh-te/moi-5000.html' });
    expect(await poll(cursor)).toMatchObject({ refs: [], warnings: [expect.stringContaining('1 of 1')] });
    await bench.open({ robots: 'Disallow: /*.html$' }, 4);
    bench.clock.advance(3_700_000);
    await expect(poll()).rejects.toMatchObject({
      message: expect.stringContaining('any of the 4 articles'),
      next: expect.stringContaining('"Loa"'),
    });
  });
});

describe('reading', () => {
  it('gives the page, whose own words count more than the sitemap’s', async () => {
    await bench.open({}, 4);
    const raw = await read((await poll()).refs[0]!);
    expect(raw).toMatchObject({ kind: 'page', hints: {} });
    const bare = `<!doctype html><html><body><p>${'Nước suối dâng cao trong đêm, bà con dời lên đồi. '.repeat(9)}</p></body></html>`;
    bench.site.routes.set(bench.site.stories[0]!.path, fake.answer(200, bare, { 'content-type': 'text/html' }));
    const ref = (await poll()).refs.at(-1)!;
    expect(await read(ref)).toMatchObject({
      hints: { headline: bench.site.stories[0]!.headline, publishedAt: expect.any(String) },
    });
  });

  it('passes over front pages, sections and tags without a word', async () => {
    // Where articles stand below a section, it is known at once for one.
    await bench.open({ sitemap: 'plain' }, 12);
    expect((await poll()).refs).toHaveLength(12);
    await bench.open({ sitemap: 'plain', language: 'ja' }, 12);
    const { refs } = await poll(null, bench.site.url);
    const lists = refs.filter(({ url }) => !/\d$/.test(url!));
    expect(lists).toHaveLength(2);
    for (const ref of lists) expect(await read(ref)).toBeNull();
  });
});
