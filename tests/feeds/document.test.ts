import { describe, expect, test } from 'vitest';
import type { StoredArticle } from '#src/core/article.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { webAddress } from '#src/feeds/address.ts';
import { buildDocument } from '#src/feeds/document.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

function entryOf(article: StoredArticle, photos: PhotoRecord[] = photoRecords(article)) {
  const document = buildDocument({
    feed: feedSettings(),
    site,
    publicUrl: 'https://loa.example',
    entries: [{ article, photos }],
  });
  return document.entries[0]!.build();
}

describe('photos in the text', () => {
  const article = storedArticle();

  test('stand at their place with our address and size', () => {
    const { content } = entryOf(article).details;
    expect(content).not.toContain('bao.example/anh');
    expect(content).toMatch(/thủy\.<\/p><figure><img src="https:\/\/loa\.example\/photos\/[^"]+\/1280\.jpg"/i);
    expect(content).toContain('width="1280" height="853"');
  });

  test('come in newer formats around the JPEG image once every width of a format is there', () => {
    const [first] = photoRecords(article);
    const also = (format: 'webp' | 'avif') =>
      first!.renditions.filter((one) => one.format === 'jpeg').map((one) => ({ ...one, format }));
    const jpegs = first!.renditions.filter((one) => one.format === 'jpeg');
    const contentOf = (renditions: typeof jpegs) => entryOf(article, [{ ...first!, renditions }]).details.content!;
    const both = contentOf([...jpegs, ...also('webp'), ...also('avif')]);
    const [picture] = both.match(/<figure><picture>.*?<\/picture>/)!;
    expect(picture!.match(/type="[^"]+"/g)).toEqual(['type="image/avif"', 'type="image/webp"']);
    const srcset = (ending: string) =>
      [320, 1280].map((width) => `https://loa.example/photos/${first!.hash}/${width}.${ending} ${width}w`).join(', ');
    for (const ending of ['avif', 'webp', 'jpg']) expect(picture).toContain(`srcset="${srcset(ending)}"`);
    // What is left when a reader takes the picture element out.
    const bare = both.replace(/<\/?picture>|<source [^>]*>/g, '');
    expect(bare).toBe(contentOf(jpegs));
    expect(contentOf([...jpegs, ...also('webp').slice(1), ...also('avif')])).not.toContain('image/webp');
  });

  test('without a printed caption are told in the words of the original itself', () => {
    const [shown, ...others] = article.photos;
    const bare = storedArticle({
      photos: [{ ...shown!, caption: null, credit: null, alt: null }, ...others],
      html: `<p>Trước</p><figure><img src="${shown!.url!.replace('&', '&amp;')}" alt="" /></figure><p>Sau</p>`,
    });
    const words = { caption: 'Chợ "sớm" & sông', credit: 'Thu Hà', alt: 'Hai người' };
    const records = photoRecords(bare).map((record) => ({ ...record, words }));
    const { content, photos } = entryOf(bare, records).details;
    expect(photos[0]).toMatchObject(words);
    expect(content).toMatch(/alt="Hai người".*<figcaption>Chợ &quot;sớm&quot; &amp; sông \(Thu Hà\)<\/figcaption>/);
  });

  test('without files show from the newsroom’s own address', () => {
    const { content, photos } = entryOf(article, []).details;
    expect(content).toBe(article.html);
    expect(photos).toEqual([]);
  });

  test.each([
    'http://192.168.1.4/a.jpg',
    'http://[::1]/a.jpg',
    'file:///srv/a.jpg',
    'http://intranet/a.jpg',
    'javascript:1',
  ])('without files are left out with their figure when the address is %s', (url) => {
    const html = `<p>Trước</p><figure><img src="${url}" alt=""><figcaption>Chú thích</figcaption></figure><p>Sau</p>`;
    const photos = [{ ...article.photos[0]!, url }];
    expect(entryOf({ ...article, html, photos }, []).details.content).toBe('<p>Trước</p><p>Sau</p>');
  });
});

describe('dates', () => {
  test('an entry is never younger than our first sight of it', () => {
    const future = storedArticle({ publishedAt: '2027-01-01T00:00:00Z' });
    expect(entryOf(future).published.toISOString()).toBe(future.firstSeenAt);
  });

  test('an edit counts even when the newsroom leaves its own date', () => {
    const edited = storedArticle({ revision: 2, revisedAt: '2026-11-25T05:00:00.000Z', updatedAt: null });
    expect(entryOf(edited).date.toISOString()).toBe(edited.revisedAt);
  });
});

test('an article without an address is read on the feed’s own page', () => {
  expect(entryOf(storedArticle({ url: null })).link).toBe('https://loa.example/feeds/latest#k3m9x2p7qa');
});

test('a photo that changed places is found by its address', () => {
  const article = storedArticle();
  const records = photoRecords(article).map((record) => ({ ...record, position: 1 - record.position }));
  expect(entryOf(article, records).details.photos.map((photo) => photo.original)).toEqual(
    article.photos.map((photo) => photo.url),
  );
});

test.each([
  ['https://báo.example/đường?tìm=á#ở', 'https://xn--bo-mia.example/%C4%91%C6%B0%E1%BB%9Dng?t%C3%ACm=%C3%A1#%E1%BB%9F'],
  ['https://bao.example/a|b[1]?q=[x]^`', 'https://bao.example/a%7Cb%5B1%5D?q=%5Bx%5D%5E%60'],
  ['https://bao.example/100%', 'https://bao.example/100%25'],
  ['https://[2001:db8::1]/x', 'https://[2001:db8::1]/x'],
  ['javascript:alert(1)', null],
  ['/relative', null],
])('the address %s is written as %s', (address, expected) => {
  expect(webAddress(address)).toBe(expected);
});
