import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { createRobots } from '#src/sources/robots.ts';
import { sitemapSource } from '#src/sources/sitemap.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { siteStories, siteStory } from '#tests/fakes/site-pages.ts';
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

async function open(options: SiteOptions = {}, count = 4): Promise<void> {
  site = await startSite({ stories: siteStories('vi', count, clock.now()), sitemap: 'news', ...options });
}
const poll = (cursor: Cursor = null, url = site.url) =>
  sitemapSource.poll(JSON.parse(JSON.stringify(cursor)), { url }, tools);
const paths = (refs: readonly ArticleRef[]) => refs.map(({ url }) => new URL(url!).pathname);
const read = (ref: ArticleRef) => sitemapSource.read(ref, { url: site.url }, tools);
const urlset = (entries: [path: string, lastmod?: string | undefined][]) =>
  `<urlset>${entries.map(([path, lastmod]) => `<url><loc>${site.url}${path}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`).join('')}</urlset>`;
const hoursAgo = (hours: number) => new Date(clock.now() - hours * 3_600_000).toISOString();
const serve = (entries: [path: string, lastmod?: string | undefined][], path = '/sitemap.xml') =>
  site.routes.set(path, fake.answer(200, urlset(entries), { 'content-type': 'application/xml' }));

sourceContract(sitemapSource, async () => {
  const time = manualClock();
  const client = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: time });
  const served = await startSite({ sitemap: 'news' });
  return {
    settings: { url: served.url },
    tools: { ...testSourceTools(client, time), robots: createRobots({ http: client, clock: time }) },
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
      await client.close();
      await served.close();
    },
  };
});

describe('finding the files', () => {
  it.each(['news', 'plain', 'index', 'gzip'] as const)(
    'follows robots.txt to a sitemap of the form %s',
    async (sitemap) => {
      await open({ sitemap });
      const { refs } = await poll();
      expect(paths(refs).filter((path) => path.endsWith('.html'))).toEqual(
        site.stories.map(({ path }) => path).reverse(),
      );
    },
  );

  it.each([
    ['news', '/sitemap-news.xml'],
    ['index', '/sitemap_index.xml'],
  ] as const)('looks at the usual places: %s', async (sitemap, path) => {
    await open({ sitemap, namesSitemap: false });
    const first = await poll();
    expect(first.refs.length).toBeGreaterThan(3);
    await poll(first.cursor);
    // Found once, asked for from then on.
    expect(site.asked(path)).toBe(3);
    expect(site.asked('/news-sitemap.xml')).toBeLessThan(2);
  });

  it('says where to go on where there is none', async () => {
    await open({ sitemap: 'none' });
    await expect(poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('No sitemap was found'),
      next: expect.stringContaining('kind: page'),
    });
  });

  it('takes a file directly, packed once and twice over', async () => {
    await open({ sitemap: 'none' });
    const packed = gzipSync(urlset([['/tin/a-1234.html', hoursAgo(1)]]));
    site.routes.set('/s.xml.gz', fake.answer(200, packed));
    expect(paths((await poll(null, `${site.url}/s.xml.gz`)).refs)).toEqual(['/tin/a-1234.html']);
    site.routes.set('/t.xml.gz', fake.packed('gzip', packed));
    expect(paths((await poll(null, `${site.url}/t.xml.gz`)).refs)).toEqual(['/tin/a-1234.html']);
  });

  it('refuses a bomb, and what is no sitemap', async () => {
    await open({ sitemap: 'none' });
    site.routes.set('/s.xml.gz', fake.answer(200, gzipSync(Buffer.alloc(30 * 1024 * 1024))));
    await expect(poll(null, `${site.url}/s.xml.gz`)).rejects.toThrow('more than a sitemap may hold');
    site.routes.set('/s.xml', fake.answer(200, '<!doctype html><html></html>'));
    await expect(poll(null, `${site.url}/s.xml`)).rejects.toThrow('does not hold a sitemap');
  });

  it('goes from an index to the newest files only, and not in circles', async () => {
    await open({ sitemap: 'none', robots: '' });
    const entry = (name: string, hours: number) =>
      `<sitemap><loc>${site.url}/${name}.xml</loc><lastmod>${hoursAgo(hours)}</lastmod></sitemap>`;
    const names = Array.from({ length: 30 }, (_, index) => entry(`post-${index}`, index * 10));
    site.routes.set(
      '/sitemap.xml',
      fake.answer(200, `<sitemapindex>${entry('sitemap', 0)}${names.join('')}</sitemapindex>`),
    );
    for (let index = 0; index < 30; index++)
      serve([[`/tin/bai-${1000 + index}.html`, hoursAgo(index * 10)]], `/post-${index}.xml`);
    expect(paths((await poll()).refs).sort()).toEqual([
      '/tin/bai-1000.html',
      '/tin/bai-1001.html',
      '/tin/bai-1002.html',
      '/tin/bai-1003.html',
    ]);
    expect(site.requests.filter(({ path }) => path.startsWith('/post-')).length).toBeLessThan(6);
  });

  it('goes on with the others where one file fails, and says so', async () => {
    await open({ sitemap: 'none' });
    const file = (name: string) => `<sitemap><loc>${site.url}/${name}.xml</loc></sitemap>`;
    site.routes.set(
      '/sitemap.xml',
      fake.answer(200, `<sitemapindex>${file('post-1')}${file('post-2')}</sitemapindex>`),
    );
    serve([['/tin/a-1234.html', hoursAgo(1)]], '/post-1.xml');
    const { refs, warnings } = await poll();
    expect(paths(refs)).toEqual(['/tin/a-1234.html']);
    expect(warnings).toEqual([expect.stringContaining('There is no sitemap at')]);
  });
});

describe('what is news', () => {
  it('is a new address, and one whose date changed; not what was asked before', async () => {
    await open();
    const first = await poll();
    expect(await poll(first.cursor)).toMatchObject({ refs: [], unchanged: true, interval: 120_000 });
    expect(site.requests.filter(({ path }) => path === '/sitemap-news.xml').map(({ status }) => status)).toEqual([
      200, 304,
    ]);
    site.stories.unshift(siteStory('vi', 9, clock.now()));
    site.stories[2] = { ...site.stories[2]!, editedAt: clock.now() };
    const second = await poll(first.cursor);
    expect(paths(second.refs).sort()).toEqual([site.stories[0]!.path, site.stories[2]!.path].sort());
  });

  it('of a plain sitemap is of the last two days', async () => {
    await open({ sitemap: 'none' });
    serve([
      ['/tin/cu-1000.html', hoursAgo(50)],
      ['/tin/moi-1001.html', hoursAgo(47)],
      ['/tin/ngay-1002.html', '2026-11-23'],
      ['/tin/nam-1003.html', '2025-01-01'],
    ]);
    expect(paths((await poll()).refs).sort()).toEqual(['/tin/moi-1001.html', '/tin/ngay-1002.html']);
  });

  it('is only a new address where all have the same date, or none', async () => {
    for (const same of [hoursAgo(1), undefined]) {
      await open({ sitemap: 'none' });
      const entries = Array.from({ length: 300 }, (_, index): [string, string | undefined] => [
        `/tin/bai-${1000 + index}.html`,
        same,
      ]);
      serve(entries);
      const first = await poll();
      expect(first.refs.length).toBeLessThan(21);
      clock.advance(60_000);
      const later = same && hoursAgo(0);
      serve([...entries.map(([path]): [string, string | undefined] => [path, later]), ['/tin/moi-1400.html', later]]);
      const second = await poll(first.cursor);
      expect(paths(second.refs)).toEqual(['/tin/moi-1400.html']);
      await site.close();
    }
  });

  it('is not what was there before its dates began to differ', async () => {
    await open({ sitemap: 'none' });
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
    await open({ sitemap: 'none' });
    const url = (address: string) => `<url><loc>${address}</loc><lastmod>${hoursAgo(1)}</lastmod></url>`;
    const all = [
      `${site.url}/`,
      `${site.url}/anh.jpg`,
      'https://khac.example/a',
      'https://tin.bao.example/b-1234',
      'javascript:alert(1)',
      `${site.url}/tin/a-1234?utm_source=x`,
    ];
    site.routes.set('/sitemap.xml', fake.answer(200, `<urlset>${all.map(url).join('')}</urlset>`));
    expect((await poll()).refs.map(({ externalId }) => externalId).sort()).toEqual(
      [`${site.url}/tin/a-1234`, 'https://tin.bao.example/b-1234'].sort(),
    );
  });

  it('is never that something is missing; a young one is only looked at', async () => {
    await open({}, 6);
    const first = await poll();
    const [removed] = site.stories.splice(1, 1);
    const second = await poll(first.cursor);
    expect(second.refs).toMatchObject([{ sign: 'gone', url: `${site.url}${removed!.path}` }]);
    expect(await read(second.refs[0]!)).toMatchObject({ kind: 'gone', certain: false });
    site.stories.splice(1, 0, removed!);
    expect(await read(second.refs[0]!)).toBeNull();
    site.stories.length = 0;
    await expect(poll(second.cursor)).rejects.toThrow('lists no article any more');
  });

  it('is remembered within bounds for 50,000 addresses', async () => {
    await open({ sitemap: 'none' });
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
    await open({ robots: 'Disallow: /kinh-te/' });
    const { refs, warnings } = await poll();
    expect(paths(refs).some((path) => path.startsWith('/kinh-te/'))).toBe(false);
    expect(warnings).toEqual([expect.stringMatching(/does not let Loa read \d of 4 articles/)]);
    await site.close();
    await open({ robots: 'Disallow: /*.html$' });
    clock.advance(3_700_000);
    await expect(poll()).rejects.toMatchObject({
      message: expect.stringContaining('any of the 4 articles'),
      next: expect.stringContaining('"Loa"'),
    });
  });
});

describe('reading', () => {
  it('gives the page, whose own words count more than the sitemap’s', async () => {
    await open();
    const raw = await read((await poll()).refs[0]!);
    expect(raw).toMatchObject({ kind: 'page', hints: {} });
    const bare = `<!doctype html><html><body><p>${'Nước suối dâng cao trong đêm, bà con dời lên đồi. '.repeat(9)}</p></body></html>`;
    site.routes.set(site.stories[0]!.path, fake.answer(200, bare, { 'content-type': 'text/html' }));
    const ref = (await poll()).refs.at(-1)!;
    expect(await read(ref)).toMatchObject({
      hints: { headline: site.stories[0]!.headline, publishedAt: expect.any(String) },
    });
  });

  it('passes over front pages, sections and tags without a word', async () => {
    await open({ sitemap: 'plain' }, 12);
    const { refs } = await poll();
    const lists = refs.filter(({ url }) => !url!.endsWith('.html'));
    expect(lists.length).toBeGreaterThan(1);
    for (const ref of lists) expect(await read(ref)).toBeNull();
  });
});

describe('discovery', () => {
  const discover = async () => sitemapSource.discover!({ url: `${site.url}/`, html: '' }, tools);

  it('finds a news sitemap before a plain one, and counts', async () => {
    await open({}, 7);
    site.robots = `Sitemap: ${site.url}/sitemap.xml`;
    serve(
      Array.from({ length: 20 }, (_, index): [string, string] => [
        `/tin/bai-${1000 + index}.html`,
        hoursAgo(index * 5),
      ]),
    );
    const found = await discover();
    expect(found.map((each) => each.found)).toEqual([
      'a news sitemap with 7 articles of the last two days',
      'a sitemap with 20 pages, 10 of them changed in the last two days',
    ]);
    expect(found[0]?.settings).toEqual({ url: `${site.url}/sitemap-news.xml` });
    for (const { settings } of found) expect(sitemapSource.settings.safeParse(settings).success).toBe(true);
  });

  it('finds nothing where there is none', async () => {
    await open({ sitemap: 'none' });
    expect(await discover()).toEqual([]);
  });
});
