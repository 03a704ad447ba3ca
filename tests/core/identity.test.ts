import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '#src/core/article.ts';
import { changesBetween, contentHash, entryId, normalizeUrl } from '#src/core/identity.ts';

const photo = {
  url: 'https://anh.example/1.jpg',
  caption: 'Cầu mới',
  credit: 'Thu Hà',
  alt: null,
  width: 640,
  height: 480,
};
const article: Article = {
  url: 'https://bao.example/1',
  headline: 'Cầu mới qua suối',
  lead: 'Sáng 24/11, cầu mới mở.',
  byline: ['Thu Hà'],
  bylinePrinted: 'THU HÀ',
  dateline: null,
  language: 'vi',
  section: 'Đời sống',
  tags: ['cầu', 'suối'],
  publishedAt: '2026-11-24T01:00:00Z',
  updatedAt: null,
  photos: [photo],
  attachments: [],
  html: '<p>Sáng 24/11, cầu mới mở. <a href="https://bao.example/2" rel="noopener">Bản đồ</a></p>',
  text: 'Sáng 24/11, cầu mới mở. Bản đồ',
  removed: [],
  doubts: [],
};

const part = fc.string({ unit: 'grapheme-ascii', maxLength: 8 });
const address = fc
  .tuple(part, fc.array(fc.tuple(part, part), { maxLength: 4 }), part)
  .map(([path, query, hash]) => `https://Bao.example/${path}?${query.map((pair) => pair.join('=')).join('&')}#${hash}`);

describe('normalizeUrl', () => {
  it('drops what does not name the page and sorts the rest', () => {
    expect(normalizeUrl('HTTPS://Bao.Example:443/Tin/A?b=2&utm_source=x&a=1&fbclid=y#top')).toBe(
      'https://bao.example/Tin/A?a=1&b=2',
    );
    expect(normalizeUrl('http://bao.example')).toBe('http://bao.example/');
  });

  it('is null for what is no web address', () => {
    for (const text of ['', 'tin/1', 'javascript:alert(1)', 'mailto:a@b.example'])
      expect(normalizeUrl(text)).toBeNull();
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(address, (url) => {
        const once = normalizeUrl(url);
        expect(once).not.toBeNull();
        expect(normalizeUrl(once ?? '')).toBe(once);
      }),
    );
  });
});

describe('contentHash', () => {
  it('does not mind spaces, dates, composed letters or the order of tags', () => {
    const same = {
      ...article,
      headline: ` ${article.headline.normalize('NFD')}  `,
      updatedAt: '2026-11-25T00:00:00Z',
      tags: ['suối', 'cầu'],
    };
    expect(contentHash(same)).toBe(contentHash(article));
    expect(changesBetween(article, same)).toEqual([]);
  });

  it('differs exactly when changes are named', () => {
    const edit = fc.record(
      {
        headline: fc.string(),
        lead: fc.string(),
        text: fc.string(),
        byline: fc.array(fc.string()),
        section: fc.option(fc.string()),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(edit, (changed) => {
        const after = { ...article, ...changed };
        expect(contentHash(after) !== contentHash(article)).toBe(changesBetween(article, after).length > 0);
      }),
    );
  });
});

it('changesBetween names what an editor would name', () => {
  expect(changesBetween(article, { ...article, headline: 'Cầu khác' })).toEqual(['headline']);
  expect(changesBetween(article, { ...article, photos: [{ ...photo, caption: 'Cầu cũ' }] })).toEqual(['captions']);
  expect(changesBetween(article, { ...article, photos: [] })).toEqual(['photos', 'captions']);
  expect(changesBetween(article, { ...article, byline: ['Văn Lâm'], text: 'Khác' })).toEqual(['text', 'byline']);
  expect(changesBetween(article, { ...article, html: article.html.replace('/2', '/3') })).toEqual(['links']);
});

it('entryId is a tag URI of the site', () => {
  expect(entryId('https://bao.example', 'k3x', Date.parse('2026-11-25T23:00:00Z'))).toBe(
    'tag:bao.example,2026-11-25:k3x',
  );
});
