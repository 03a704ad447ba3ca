import { describe, expect, it } from 'vitest';
import { parseFeed } from '#src/markup/parse-feed.ts';

const address = 'https://bao.example/feeds/tin.rss';
const wrap = (inside: string) => `<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;

describe('a feed that no mending makes whole', () => {
  const titles = (xml: string) => parseFeed(xml, address).entries.map(({ title }) => title);

  it.each([
    [
      'an entry that does not end',
      wrap('<item><title>a</title><item><title>b</title></item><item><title>c</title></item>'),
    ],
    [
      'a title that does not end',
      wrap('<item><title>a</item><item><title>b</title></item><item><title>c</title></item>'),
    ],
    [
      'tags crossed',
      wrap(
        '<item><title>a</title><description><b><i>x</b></i></item><item><title>b</title></item><item><title>c</title></item>',
      ),
    ],
    [
      'an attribute without an end',
      wrap(
        '<item><title>a</title></item><item><title>b</title></item><item><title>c</title><enclosure url="x></item>',
      ).replace('x>', 'x">'),
    ],
  ])('gives every entry: %s', (_name, xml) => {
    expect(titles(xml)).toEqual(['a', 'b', 'c']);
  });

  it('is read by a walk for the plainest parts', () => {
    const xml = `<br><b>Notice</b><rss><channel><title>T</title><item><title>Một &amp; hai</title><link>/1</link><guid>g1</guid><pubDate>Thứ Hai, 23/11/2026 | 08:30 GMT+7</pubDate>
      <description><p>Chữ <b>đậm</p></description></wrong></item><item><link>/2</link><title><![CDATA[<Ba>]]></title></item><item><title>cut`;
    const feed = parseFeed(xml, address);
    expect(feed).toMatchObject({ title: 'T', form: 'salvaged' });
    expect(feed.entries).toMatchObject([
      { id: 'g1', url: 'https://bao.example/1', title: 'Một & hai', publishedAt: 'Thứ Hai, 23/11/2026 | 08:30 GMT+7' },
      { id: null, url: 'https://bao.example/2', title: '<Ba>' },
    ]);
    expect(feed.entries[0]?.summaryHtml).toContain('Chữ <b>đậm');
  });

  it('keeps the whole entries of a document that is cut anywhere', () => {
    const whole = wrap(
      Array.from({ length: 5 }, (_, n) => `<item><title>t${n}</title><link>/${n}</link></item>`).join(''),
    );
    for (let end = whole.indexOf('</item>') + 7; end < whole.length; end++) {
      const cut = whole.slice(0, end);
      expect(titles(cut), cut).toHaveLength(cut.split('</item>').length - 1);
    }
  });

  it('leaves out an entry with a text nobody can have written, and gives the others', () => {
    const huge = `<item><title>${'x'.repeat(1_100_000)}</title></item>`;
    expect(parseFeed(wrap(`${huge}<item><title>a</title></item>`), address)).toMatchObject({
      entries: [{ title: 'a' }],
      tooLong: 1,
    });
  });
});
