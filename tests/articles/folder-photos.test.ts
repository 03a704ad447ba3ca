import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Hints } from '#src/core/raw-article.ts';

const folder = '/srv/desk/inbox';
const inside = 'file:///srv/desk/inbox/c%E1%BA%A7u.jpg';
const outside = [
  'file:///etc/passwd',
  'file:///srv/desk/inbox/../secret.jpg',
  'file:///srv/desk/inbox%2F..%2Fsecret.jpg',
  'file:///srv/desk/inbox2/a.jpg',
  'file://server/srv/desk/inbox/a.jpg',
  'FILE:/etc/passwd',
  'fi\tle:///etc/passwd',
];
const context = {
  profile: loadProfile('vietnamese-portal'),
  site: { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' },
  now: Date.parse('2026-11-25T15:00:00Z'),
};
const read = (hints: Hints, from: string | null) =>
  readArticle(
    { kind: 'page', url: null, html: '', hints: { headline: 'Cầu mới', ...hints } },
    { ...context, folder: from },
  );
const figure = (src: string) => `<figure><img src="${src}"><figcaption>Cầu nhìn từ bờ bắc.</figcaption></figure>`;
const bodyHtml = (...sources: string[]) => `<p>Cầu dài ba trăm mét.</p>${sources.map(figure).join('')}`;

describe('photos of an article that was dropped into a folder', () => {
  it('are let through with their captions, in the body and in the fields', () => {
    const article = read({ bodyHtml: bodyHtml(inside) }, folder);
    expect(article.photos).toMatchObject([{ url: inside, caption: 'Cầu nhìn từ bờ bắc.' }]);
    expect(article.html).toContain(`src="${inside}"`);
    const photos = [{ url: inside, caption: 'Bìa', credit: 'Lê An' }];
    expect(read({ bodyHtml: bodyHtml(), photos }, folder).photos).toMatchObject(photos);
    const text = readArticle({ kind: 'text', text: 'Thân bài.', hints: { photos } }, { ...context, folder });
    expect(text.photos).toMatchObject(photos);
    expect(text.html).toContain(inside);
  });

  it('are left out when they lie anywhere else', () => {
    const photos = outside.map((url) => ({ url, caption: `Ảnh ${url}` }));
    const article = read({ bodyHtml: bodyHtml(...outside), photos }, folder);
    expect(article.photos.filter(({ url }) => url !== null)).toEqual([]);
    expect(article.html).not.toMatch(/<img/);
  });

  it('are left out of the text beyond the most pictures that are looked at', () => {
    const many = Array.from({ length: 210 }, (_, index) => `https://anh.example/${index}.jpg`);
    const { html } = read({ bodyHtml: bodyHtml(...many, ...outside) }, folder);
    expect(html).toContain('https://anh.example/209.jpg');
    expect(html).not.toMatch(/file:|passwd/i);
  });
});

describe('an article off the network', () => {
  it('never names a file, wherever it lies', () => {
    for (const src of [inside, ...outside]) {
      const article = read({ bodyHtml: bodyHtml(src), photos: [{ url: src, caption: 'Bìa' }] }, null);
      expect(article.photos.filter(({ url }) => url !== null)).toEqual([]);
      expect(article.html).not.toMatch(/<img|file:/i);
      const lazy = `<p>Cầu.</p><a href="${src}"><img src="data:," data-src="${src}" srcset="${src} 900w"></a>`;
      const page = readArticle({ kind: 'page', url: 'https://bao.example/1', html: lazy, hints: {} }, context);
      expect(page.photos.filter(({ url }) => url !== null)).toEqual([]);
      expect(page.html).not.toMatch(/file:/i);
    }
  });
});
