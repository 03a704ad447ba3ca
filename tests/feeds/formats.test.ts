import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StoredArticle } from '#src/core/article.ts';
import { buildDocument } from '#src/feeds/document.ts';
import { printable } from '#src/feeds/printable.ts';
import { formats } from '#src/feeds/registry.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';
import { elementsOf, readXml } from '#tests/fakes/read-xml.ts';
import { renderFeed } from '#tests/fakes/render-feed.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

const documentOf = (...articles: StoredArticle[]) =>
  buildDocument({
    feed: feedSettings(),
    site,
    publicUrl: 'http://localhost:8080',
    entries: articles.map((article) => ({ article, photos: photoRecords(article) })),
  });
const render = (name: string, ...articles: StoredArticle[]) =>
  renderFeed(formats.find((format) => format.name === name)!, documentOf(...articles));

/** Everything that has broken a feed somewhere. */
const nasty = fc.string({
  unit: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(']]>', '<![CDATA[', '&', '&nbsp;', '<', '>', '"', "'", '--', '<!--', '-->'),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom('\0', '\x0b', '\x1b', '\u0085', '\ufffe', '\uffff', '\ud800', '\udfff', '\r\n', '\t'),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom('Ệ', 'e\u0323\u0302', 'ตลาด', 'مرحبا', '日本', '👩‍👩‍👧', '\u202e', '\u200b'),
    },
    { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  ),
  maxLength: 30,
});

describe('whatever an article holds', () => {
  for (const format of formats) {
    test(`${format.title} stays well-formed and keeps the headline`, () => {
      fc.assert(
        fc.property(nasty, nasty, nasty, (headline, words, address) => {
          const photos = storedArticle().photos.map((photo) => ({
            ...photo,
            caption: words,
            credit: headline,
            alt: words,
          }));
          const article = storedArticle({
            headline,
            lead: words,
            byline: [words, headline],
            section: words,
            tags: [headline],
            url: `https://bao.example/${address}`,
            html: `<p>${words}</p>`,
            text: words,
            photos,
          });
          const text = renderFeed(format, documentOf(article));
          format.verify(text);
          const expected = printable(headline).replace(/\r\n?/g, '\n');
          if (expected.trim() !== '') expect(titleIn(format.name, text).replace(/\r\n?/g, '\n')).toBe(expected);
        }),
        { numRuns: 150 },
      );
    });
  }
});

function titleIn(format: string, text: string): string {
  if (format === 'json') return JSON.parse(text).items[0].title;
  const [entry] = elementsOf(readXml(text), format === 'rss' ? 'item' : 'entry');
  return elementsOf(entry!, 'title')[0]!.text;
}

describe('RSS', () => {
  const [item] = elementsOf(readXml(render('rss', storedArticle())), 'item');
  const texts = (name: string) => elementsOf(item!, name).map((element) => element.text);

  test('a byline is one creator with every name in order', () => {
    expect(texts('dc:creator')).toEqual(['Hoàng Huấn, Phương Dung']);
  });

  test('the guid is the minted id and no address', () => {
    expect(texts('guid')).toEqual(['tag:bao.example,2026-11-25:k3m9x2p7qa']);
    expect(elementsOf(item!, 'guid')[0]!.attributes).toEqual({ isPermaLink: 'false' });
  });

  test('links are ASCII', () => {
    expect(texts('link')).toEqual([
      'https://bao.example/th%E1%BB%9Di-s%E1%BB%B1/%C4%91%C6%B0%E1%BB%9Dng-%C4%91%C3%A8o?id=7',
    ]);
  });

  test('every photo has its caption, and the first one is the enclosure with its true length', () => {
    expect(texts('media:description')).toEqual(storedArticle().photos.map((photo) => photo.caption));
    expect(elementsOf(item!, 'enclosure').map((one) => one.attributes['length'])).toEqual(['115200']);
    expect(elementsOf(item!, 'media:content').map((one) => one.attributes['width'])).toEqual(['1280', '900']);
  });

  test('dates are GMT', () => {
    expect(texts('pubDate')).toEqual(['Wed, 25 Nov 2026 02:30:00 GMT']);
  });

  test('a summary that looks like markup is shown as it reads', () => {
    const xml = render('rss', storedArticle({ lead: 'Giá <b>tăng</b> & giảm.', dateline: null }));
    const [description] = elementsOf(elementsOf(readXml(xml), 'item')[0]!, 'description');
    expect(description!.text).toBe('Giá &lt;b&gt;tăng&lt;/b&gt; &amp; giảm.');
  });
});

test('an entry in another language says so in every format', () => {
  const article = storedArticle({ language: 'en' });
  const [entry] = elementsOf(readXml(render('atom', article)), 'entry');
  expect(entry!.attributes['xml:lang']).toBe('en');
  expect(JSON.parse(render('json', article)).items[0].language).toBe('en');
  expect(elementsOf(readXml(render('rss', article)), 'media:content')[0]!.attributes['lang']).toBe('en');
});

test('JSON Feed carries captions, credits and alt texts beside the attachments', () => {
  const [item] = JSON.parse(render('json', storedArticle())).items;
  expect(item._photos[0]).toMatchObject({
    caption: 'Xe khách qua đoạn đường vừa thông. Ảnh: Hoàng Huấn',
    credit: 'Hoàng Huấn',
  });
  expect(new Set(item.attachments.map((one: { title: string }) => one.title)).size).toBe(2);
});
