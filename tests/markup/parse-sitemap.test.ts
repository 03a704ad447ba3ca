import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSitemap } from '#src/markup/parse-sitemap.ts';

const parse = (text: string | Uint8Array, most = 100) => parseSitemap(Buffer.from(text), most);
const locs = async (text: string | Uint8Array, most?: number) =>
  (await parse(text, most))?.entries.map(({ loc }) => loc);

describe('a sitemap', () => {
  it('is read with any prefix, entities and CDATA, pictures aside', async () => {
    const found = await parse(`<?xml version="1.0"?><!-- made by hand --><sm:urlset xmlns:sm="x" xmlns:image="y">
      <sm:url><sm:loc> https://bao.example/a?x=1&amp;y=2 </sm:loc><sm:lastmod>2026-11-25</sm:lastmod>
      <image:image><image:loc>https://bao.example/p.jpg</image:loc><image:title>Ảnh</image:title></image:image></sm:url>
      <sm:url><sm:loc><![CDATA[https://bao.example/b?x&y]]></sm:loc></sm:url></sm:urlset>`);
    expect(found).toEqual({
      kind: 'pages',
      truncated: false,
      entries: [
        { loc: 'https://bao.example/a?x=1&y=2', lastmod: '2026-11-25', news: null },
        { loc: 'https://bao.example/b?x&y', lastmod: null, news: null },
      ],
    });
  });

  it('of news holds title, time, language and words', async () => {
    const found =
      await parse(`<urlset xmlns:n="x"><url><loc>https://bao.example/a</loc><n:news><n:publication><n:name>Báo</n:name>
      <n:language>vi</n:language></n:publication><n:publication_date>2026-11-25T08:00+07:00</n:publication_date>
      <n:title>Cầu &amp; đường</n:title><n:keywords>cầu, đường</n:keywords></n:news></url></urlset>`);
    expect(found?.kind).toBe('news');
    expect(found?.entries[0]?.news).toEqual({
      title: 'Cầu & đường',
      publishedAt: '2026-11-25T08:00+07:00',
      language: 'vi',
      keywords: ['cầu', 'đường'],
    });
  });

  it('may be an index, a list of addresses or a feed', async () => {
    expect(
      await parse('<sitemapindex><sitemap><loc>https://x.example/1.xml</loc></sitemap></sitemapindex>'),
    ).toMatchObject({ kind: 'index' });
    expect(await locs('\uFEFFhttps://x.example/1\r\n\r\nhttps://x.example/2\nno address\n')).toEqual([
      'https://x.example/1',
      'https://x.example/2',
    ]);
    expect(
      await locs(
        '<rss><channel><link>https://x.example</link><item><title>T</title><link>https://x.example/1</link></item></channel></rss>',
      ),
    ).toEqual(['https://x.example/1']);
    expect(
      await locs(
        '<feed><link href="https://x.example"/><entry><link rel="self" href="https://x.example/s"/><link href="https://x.example/1"/></entry></feed>',
      ),
    ).toEqual(['https://x.example/1']);
  });

  it('is none where a web page, JSON or nothing stands', async () => {
    expect(await parse('<!doctype html><html><body>x</body></html>')).toBeNull();
    expect([await parse('{}'), await parse('')]).toEqual([null, null]);
  });

  it('may be in another charset', async () => {
    expect(
      await locs(Buffer.from('\uFEFF<urlset><url><loc>https://x.example/cầu</loc></url></urlset>', 'utf16le')),
    ).toEqual(['https://x.example/cầu']);
  });

  it('keeps what is whole of one that was cut off, and what stands around a slip', async () => {
    expect(await locs('<urlset><url><loc>https://x.example/1</loc></url><url><loc>https://x.exam')).toEqual([
      'https://x.example/1',
    ]);
    expect(
      await locs(
        '<urlset><url><loc>https://x.example/?a&b</loc></url></oops><url><loc>https://x.example/2</loc></url></urlset>',
      ),
    ).toEqual(['https://x.example/?a&b', 'https://x.example/2']);
  });

  it('stops at as many as are asked for', async () => {
    const many = Array.from({ length: 30 }, (_, index) => `<url><loc>https://x.example/${index}</loc></url>`).join('');
    expect(await parse(`<urlset>${many}</urlset>`, 20)).toMatchObject({ truncated: true, entries: { length: 20 } });
    expect(await parse(`<urlset>${many}</urlset>`, 30)).toMatchObject({ truncated: false, entries: { length: 30 } });
    expect(
      await parse(Array.from({ length: 30 }, (_, index) => `https://x.example/${index}`).join('\n'), 20),
    ).toMatchObject({ truncated: true, entries: { length: 20 } });
  });

  it('lets others work while a large one is read', async () => {
    const many = Array.from(
      { length: 20_000 },
      (_, index) => `<url><loc>https://x.example/bai-viet-${index}</loc></url>`,
    ).join('\n');
    let turns = 0;
    const timer = setInterval(() => turns++, 0);
    const found = await parse(`<urlset>${many}</urlset>`, 50_000);
    clearInterval(timer);
    expect(found?.entries).toHaveLength(20_000);
    expect(turns).toBeGreaterThan(1);
  });

  it('that is nested without end is left at once', async () => {
    const start = performance.now();
    const found = await parse(`<urlset><url><loc>https://x.example/1</loc></url>${'<a>'.repeat(1_000_000)}`);
    expect(found).toMatchObject({ truncated: true, entries: { length: 1 } });
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('of any bytes ends well', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
        const found = await parse(`<urlset><url><loc>https://x.example/1</loc></url>${text}`);
        expect(found?.entries[0]?.loc).toBe('https://x.example/1');
      }),
      { numRuns: 60 },
    );
  });
});
