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
    expect(feed).toMatchObject({ title: 'Tin & ảnh', language: 'vi', form: 'sound' });
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

  it('reads RSS 0.90 and RSS 0.91 with the one line that declares nothing', () => {
    const rss090 = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>t</title></channel><item><title>Một</title><link>/1</link></item></rdf:RDF>`;
    expect(first(rss090)).toMatchObject({ url: 'https://bao.example/1', title: 'Một' });
    const rss091 = `<?xml version="1.0"?><!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel><title>t</title><item><title>Caf&eacute;</title><link>/1</link></item></channel></rss>`;
    expect(first(rss091)).toMatchObject({ url: 'https://bao.example/1', title: 'Café' });
  });

  it('reads Atom 0.3', () => {
    const atom = `<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>t</title><entry><title mode="escaped" type="text/html">Cầu &amp;amp; đường</title><link rel="alternate" type="text/html" href="/1"/><id>tag:1</id><issued>2026-11-25T01:00:00Z</issued><modified>2026-11-25T02:00:00Z</modified><content type="text/html" mode="escaped">&lt;p&gt;x&lt;/p&gt;</content></entry></feed>`;
    expect(first(atom)).toMatchObject({
      id: 'tag:1',
      url: 'https://bao.example/1',
      title: 'Cầu & đường',
      contentHtml: '<p>x</p>',
      publishedAt: '2026-11-25T01:00:00Z',
      updatedAt: '2026-11-25T02:00:00Z',
    });
  });

  it('takes the authors of JSON Feed 1.1 before the author of 1.0, and an entry’s before the feed’s', () => {
    const items = [
      { id: 1, author: { name: 'Lê An' }, authors: [{ name: 'Mai Hoa' }, { name: 'Lê An' }] },
      { id: 2, author: { name: 'Lê An' } },
      { id: 3 },
    ];
    const text = JSON.stringify({
      version: 'https://jsonfeed.org/version/1',
      title: 'T',
      author: { name: 'Tòa soạn' },
      items,
    });
    expect(parseFeed(text, address).entries.map(({ authors }) => authors)).toEqual([
      ['Mai Hoa', 'Lê An'],
      ['Lê An'],
      ['Tòa soạn'],
    ]);
  });

  it('knows namespaces by what they are, not by their prefix', () => {
    const xml = `<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:d="http://purl.org/dc/elements/1.1/"><channel><item><title>a</title><c:encoded>&lt;p&gt;x&lt;/p&gt;</c:encoded><d:creator>Lê An</d:creator><d:date>2026-11-25</d:date></item></channel></rss>`;
    expect(first(xml)).toMatchObject({ contentHtml: '<p>x</p>', authors: ['Lê An'], publishedAt: '2026-11-25' });
  });

  it.each([
    [
      'media before an enclosure',
      '<media:content url="/m.jpg" medium="image"/><enclosure url="/e.jpg" type="image/jpeg"/>',
      'm.jpg',
    ],
    [
      'a thumbnail before an enclosure',
      '<media:thumbnail url="/t.jpg"/><enclosure url="/e.jpg" type="image/jpeg"/>',
      't.jpg',
    ],
    [
      'an enclosure before the text’s picture',
      '<enclosure url="/e.jpg" type="image/jpeg"/><description>&lt;img src="/d.jpg"&gt;</description>',
      'e.jpg',
    ],
    [
      'the text’s picture',
      '<description>&lt;a href="/x"&gt;&lt;img width=9 src="/d.jpg?a=1&amp;amp;b=2"&gt;&lt;/a&gt;</description>',
      'd.jpg?a=1&b=2',
    ],
    [
      'the largest of one picture’s sizes',
      '<media:content url="/m.jpg?w=140" width="140" type="image/jpeg"/><media:content url="/m.jpg?w=700" width="700" type="image/jpeg"/>',
      'm.jpg?w=700',
    ],
  ])('takes for the photo %s', (_name, inside, photo) => {
    const media = `<item xmlns:media="http://search.yahoo.com/mrss/"><title>a</title>${inside}</item>`;
    expect(first(wrap(media))?.photos.map(({ url }) => url)).toEqual([`https://bao.example/${photo}`]);
  });

  it('hears how often to come, who tells of changes, and what the feed calls itself', () => {
    const xml = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel><title>T</title><ttl>5</ttl>
      <sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency><skipHours><hour>0</hour><hour>24</hour><hour>99</hour></skipHours><skipDays><day>Sunday</day></skipDays>
      <atom:link rel="hub" href="https://hub.example/"/><atom:link rel="self" href="/tin.rss"/></channel></rss>`;
    expect(parseFeed(xml, address)).toMatchObject({
      pace: { atLeast: 30 * 60_000, skipHours: [0, 0], skipDays: [0] },
      hubs: ['https://hub.example/'],
      self: 'https://bao.example/tin.rss',
    });
    const json = {
      version: 'https://jsonfeed.org/version/1.1',
      feed_url: '/f.json',
      hubs: [
        { type: 'rssCloud', url: '/r' },
        { type: 'WebSub', url: '/h' },
      ],
      items: [],
    };
    expect(parseFeed(JSON.stringify(json), address)).toMatchObject({
      hubs: ['https://bao.example/h'],
      self: 'https://bao.example/f.json',
    });
  });

  it('gives whole letters, however they were written', () => {
    const item =
      '<item><title>Cha&#x301;o &#xD83D;&#xDE00; &#55357;&#56832;&#8; &#xD800;</title><description>Vie&#x323;&#x302;t</description></item>';
    expect(first(wrap(item))).toMatchObject({ title: 'Cháo 😀 😀 \uFFFD', summaryHtml: 'Việt' });
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
    ['tags before it', `<br /><b>Notice</b>: x${wrap('<item><title>a</title></item>')}`],
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
    ['some other JSON', '{"error":"no"}', /no list of items/],
    ['a web page', '<html><body>x</body></html>', /not a feed/],
    ['broken JSON', '{"version":', /not JSON/],
    ['nothing', ' \n', /is empty/],
    ['some other XML', '<urlset><url><loc>https://bao.example/1</loc></url></urlset>', /not a feed/],
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
