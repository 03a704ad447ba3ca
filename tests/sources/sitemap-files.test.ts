import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { sitemapSource } from '#src/sources/sitemap.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { paths, siteBench } from '#tests/fakes/site-bench.ts';

const bench = siteBench({ sitemap: 'news' });
const poll = (cursor: Cursor = null, url = bench.site.url) =>
  sitemapSource.poll(JSON.parse(JSON.stringify(cursor)), { url }, bench.tools);
const urlset = (entries: [path: string, lastmod?: string | undefined][]) =>
  `<urlset>${entries.map(([path, lastmod]) => `<url><loc>${bench.site.url}${path}</loc>${lastmod ? `<lastmod>${lastmod}</lastmod>` : ''}</url>`).join('')}</urlset>`;
const hoursAgo = (hours: number) => new Date(bench.clock.now() - hours * 3_600_000).toISOString();
const serve = (entries: [path: string, lastmod?: string | undefined][], path = '/sitemap.xml') =>
  bench.site.routes.set(path, fake.answer(200, urlset(entries), { 'content-type': 'application/xml' }));

describe('finding the files', () => {
  it.each(['news', 'plain', 'index', 'gzip'] as const)(
    'follows robots.txt to a sitemap of the form %s',
    async (sitemap) => {
      await bench.open({ sitemap }, 4);
      const { refs } = await poll();
      expect(paths(refs).filter((path) => path.endsWith('.html'))).toEqual(
        bench.site.stories.map(({ path }) => path).reverse(),
      );
    },
  );

  it.each([
    ['news', '/sitemap-news.xml'],
    ['index', '/sitemap_index.xml'],
  ] as const)('looks at the usual places: %s', async (sitemap, path) => {
    await bench.open({ sitemap, namesSitemap: false }, 4);
    const first = await poll();
    expect(first.refs.length).toBeGreaterThan(3);
    await poll(first.cursor);
    // Found once, asked for from then on.
    expect(bench.site.asked(path)).toBe(3);
    expect(bench.site.asked('/news-sitemap.xml')).toBeLessThan(2);
  });

  it('says where to go on where there is none', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    await expect(poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('No sitemap was found'),
      next: expect.stringContaining('kind: page'),
    });
  });

  it('takes a file directly, packed once and twice over', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    const packed = gzipSync(urlset([['/tin/a-1234.html', hoursAgo(1)]]));
    bench.site.routes.set('/s.xml.gz', fake.answer(200, packed));
    expect(paths((await poll(null, `${bench.site.url}/s.xml.gz`)).refs)).toEqual(['/tin/a-1234.html']);
    bench.site.routes.set('/t.xml.gz', fake.packed('gzip', packed));
    expect(paths((await poll(null, `${bench.site.url}/t.xml.gz`)).refs)).toEqual(['/tin/a-1234.html']);
  });

  it('refuses a bomb, and what is no sitemap', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    bench.site.routes.set('/s.xml.gz', fake.answer(200, gzipSync(Buffer.alloc(30 * 1024 * 1024))));
    await expect(poll(null, `${bench.site.url}/s.xml.gz`)).rejects.toThrow('more than a sitemap may hold');
    bench.site.routes.set('/s.xml', fake.answer(200, '<!doctype html><html></html>'));
    await expect(poll(null, `${bench.site.url}/s.xml`)).rejects.toThrow('does not hold a sitemap');
  });

  it('goes from an index to the newest files only, and not in circles', async () => {
    await bench.open({ sitemap: 'none', robots: '' }, 4);
    const entry = (name: string, hours: number) =>
      `<sitemap><loc>${bench.site.url}/${name}.xml</loc><lastmod>${hoursAgo(hours)}</lastmod></sitemap>`;
    const names = Array.from({ length: 30 }, (_, index) => entry(`post-${index}`, index * 10));
    bench.site.routes.set(
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
    expect(bench.site.requests.filter(({ path }) => path.startsWith('/post-')).length).toBeLessThan(6);
  });

  it('goes on with the others where one file fails, and says so', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    const file = (name: string) => `<sitemap><loc>${bench.site.url}/${name}.xml</loc></sitemap>`;
    bench.site.routes.set(
      '/sitemap.xml',
      fake.answer(200, `<sitemapindex>${file('post-1')}${file('post-2')}</sitemapindex>`),
    );
    serve([['/tin/a-1234.html', hoursAgo(1)]], '/post-1.xml');
    const { refs, warnings } = await poll();
    expect(paths(refs)).toEqual(['/tin/a-1234.html']);
    expect(warnings).toEqual([expect.stringContaining('There is no sitemap at')]);
  });
});

describe('discovery', () => {
  const discover = async () => sitemapSource.discover!({ url: `${bench.site.url}/`, html: '' }, bench.tools);

  it('finds a news sitemap before a plain one, and counts', async () => {
    await bench.open({}, 7);
    bench.site.robots = `Sitemap: ${bench.site.url}/sitemap.xml`;
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
    expect(found[0]?.settings).toEqual({ url: `${bench.site.url}/sitemap-news.xml` });
    for (const { settings } of found) expect(sitemapSource.settings.safeParse(settings).success).toBe(true);
  });

  it('finds nothing where there is none', async () => {
    await bench.open({ sitemap: 'none' }, 4);
    expect(await discover()).toEqual([]);
  });
});
