import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FeedUnreadable, parseFeed } from '#src/markup/parse-feed.ts';

const address = 'https://bao.example/feeds/tin.rss';
const wrap = (inside: string) => `<rss version="2.0"><channel><title>T</title>${inside}</channel></rss>`;
const json = (items: string) => `{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[${items}{}]}`;
const first = (xml: string) => parseFeed(xml, address).entries[0];

describe('one model of every format', () => {
  it('reads Atom, its links relative and its texts of every type', () => {
    const feed = parseFeed(
      `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><title>Tin &amp; ảnh</title><author><name>Tòa soạn</name></author>
       <entry><id>1</id><title type="html">5 &amp;lt; 6 &amp;amp; 7</title><link rel="enclosure" type="image/jpeg" href="/p.jpg"/><link href="../a"/>
       <summary>1 &lt; 2</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Chữ</p></div></content>
       <category term="ts" label="Thời sự"/><published>2026-11-29T08:30:00+07:00</published><updated>2026-11-29T09:00:00+07:00</updated></entry></feed>`,
      address,
    );
    expect(feed).toMatchObject({ title: 'Tin & ảnh', language: 'vi', mended: false });
    expect(feed.entries).toEqual([
      {
        id: '1',
        url: 'https://bao.example/a',
        title: '5 < 6 & 7',
        summaryHtml: '<p>1 &lt; 2</p>',
        contentHtml: '<p>Chữ</p>',
        authors: ['Tòa soạn'],
        categories: ['Thời sự'],
        publishedAt: '2026-11-29T08:30:00+07:00',
        updatedAt: '2026-11-29T09:00:00+07:00',
        photos: [{ url: 'https://bao.example/p.jpg' }],
        attachments: [],
      },
    ]);
  });

  it('reads JSON Feed, numbers as ids, and drops items without one', () => {
    const items = [{ id: 5, url: '/x', content_text: 'một\n\nhai < ba' }, { title: 'no id' }];
    const feed = parseFeed(JSON.stringify({ version: 'https://jsonfeed.org/version/1.1', title: 'T', items }), address);
    expect(feed.entries).toHaveLength(1);
    expect(feed.entries[0]).toMatchObject({
      id: '5',
      url: 'https://bao.example/x',
      contentHtml: '<p>một</p>\n<p>hai &lt; ba</p>',
    });
  });

  it('reads RSS 1.0', () => {
    const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x"><title>t</title></channel><item rdf:about="https://bao.example/1"><title>Một</title><link>https://bao.example/1</link></item></rdf:RDF>`;
    expect(first(rdf)).toMatchObject({ id: 'https://bao.example/1', title: 'Một' });
  });

  it('takes the largest file of a media group for the photo', () => {
    const media = `<item xmlns:media="http://search.yahoo.com/mrss/"><title>a</title><media:group>
      <media:content url="s.jpg" medium="image" width="100"/><media:content url="l.jpg" medium="image" width="900"><media:description>Chú thích</media:description></media:content>
      <media:content url="v.mp4" type="video/mp4"/></media:group><enclosure url="/a.pdf" type="application/pdf" length="9"/></item>`;
    expect(first(wrap(media))).toMatchObject({
      photos: [{ url: 'https://bao.example/feeds/l.jpg', caption: 'Chú thích', width: 900 }],
      attachments: [{ url: 'https://bao.example/a.pdf', type: 'application/pdf', bytes: 9 }],
    });
  });

  it.each([
    ['A &amp;amp; B', 'A & B'],
    ['&amp;lt;b&amp;gt; là thẻ', '<b> là thẻ'],
    ['<![CDATA[<b>Đậm</b> &amp; nhạt]]>', 'Đậm & nhạt'],
    ['3 &lt; 4', '3 < 4'],
  ])('reads the title %s', (written, title) => {
    expect(first(wrap(`<item><title>${written}</title></item>`))?.title).toBe(title);
  });
});

describe('a feed that is not well-formed', () => {
  it.each([
    ['text before it', `\n\nWarning: x${wrap('<item><title>a</title></item>')}`],
    ['a bare ampersand', wrap('<item><title>a</title><link>https://x.example/?a=1&b=2</link></item>')],
    ['a control character', wrap('<item><title>a\u0008</title></item>')],
    [
      'a cut end',
      wrap('<item><title>a</title></item>').slice(0, -'</channel></rss>'.length).concat('<item><title>cut &'),
    ],
  ])('is read all the same: %s', (_name, xml) => {
    expect(first(xml)?.title).toBe('a');
  });
});

describe('a document that is refused', () => {
  it.each([
    ['a DOCTYPE', `<!DOCTYPE rss SYSTEM "x">${wrap('')}`, /DOCTYPE/],
    [
      'entities that grow',
      `<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "${'x'.repeat(99)}">]>${wrap('&b;')}`,
      /DOCTYPE/,
    ],
    ['deep nesting', wrap('<a>'.repeat(200_000)), /64 levels/],
    ['too many entries', wrap('<item><title>x</title></item>'.repeat(2001)), /2000 entries/],
    ['too many elements', wrap(`<item>${'<category>x</category>'.repeat(200_001)}</item>`), /200000 elements/],
    ['too many attributes', wrap(`<item ${'a="b" '.repeat(200_001)}/>`), /200000 elements and attributes/],
    ['too many entries in JSON', json('{},'.repeat(2000)), /2000 entries/],
    ['deep nesting in JSON', json('['.repeat(200_000)), /64 levels/],
    ['a huge text', wrap(`<item><title>${'x'.repeat(1_100_000)}</title></item>`), /million/],
    ['a web page', '<html><body>x</body></html>', /not a feed/],
    ['broken JSON', '{"version":', /not JSON/],
    ['nothing', '', /not a feed/],
  ])('is named: %s', (_name, text, message) => {
    expect(() => parseFeed(text, address)).toThrow(message);
  });

  it('is the only thing ever thrown', () => {
    const pieces = fc.constantFrom(
      '<rss>',
      '<channel>',
      '<item>',
      '</item>',
      '<title>',
      '</title>',
      '&',
      ']]>',
      '<![CDATA[',
      '<!--',
      '{',
      'ấ',
      '<?x?>',
      '<feed xmlns="http://www.w3.org/2005/Atom">',
      '<entry>',
      '"',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(pieces, fc.string()), { maxLength: 30 }), (parts) => {
        try {
          parseFeed(parts.join(''), address);
        } catch (error) {
          expect(error).toBeInstanceOf(FeedUnreadable);
        }
      }),
    );
  });
});
