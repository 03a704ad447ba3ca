/** What holds of every page, whatever stands in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Article } from '#src/core/article.ts';
import { parseFragment, selectAll, textOf } from '#src/markup/html.ts';

const context = {
  profile: loadProfile('auto', 'vi'),
  site: { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' },
  now: Date.parse('2026-11-25T15:00:00Z'),
};
const read = (html: string) => readArticle({ kind: 'page', url: 'https://bao.example/1', html, hints: {} }, context);

const sentence = fc
  .array(fc.constantFrom('cầu', 'mới', 'qua', 'suối', 'bà con', 'chợ', 'sớm', 'người', 'đi', 'bộ', 'về', 'bản'), {
    minLength: 12,
    maxLength: 30,
  })
  .map((words) => `Số ${words.join(' ')}.`);

/** A paragraph and what pages set between paragraphs; each text stands once. */
const piece = fc.oneof(
  { weight: 4, arbitrary: sentence.map((text) => ({ text, html: `<p>${text}</p>` })) },
  sentence.map((text) => ({ text, html: `<div><span>${text}</span></div>` })),
  sentence.map((text) => ({ text, html: `${text}<br><br>` })),
  sentence.map((text) => ({ text, html: `<blockquote><p>${text}</p></blockquote>` })),
  sentence.map((text) => ({ text, html: `<ul><li>${text}</li></ul>` })),
  sentence.map((text) => ({ text, html: `<table><tr><th>Bản</th><td>${text}</td></tr></table>` })),
  fc.constant({ text: '', html: '<figure><img src="/a.jpg"><figcaption>Chú thích của ảnh</figcaption></figure>' }),
  fc.constant({
    text: '',
    html: '<p align="center"><img src="/b.jpg"></p><p align="center"><em>Dòng dưới ảnh</em></p>',
  }),
  fc.constant({ text: '', html: '<div class="ads"><span>Quảng cáo</span></div>' }),
  fc.constant({ text: '', html: '<p>Xem thêm: <a href="/x">Một tin khác của báo</a></p>' }),
  fc.constant({ text: '', html: '<div class="share-box"><a href="#">Chia sẻ</a></div>' }),
);
const frame = fc.constantFrom(
  (body: string) => `<article><h1>Cầu mới</h1><div class="content">${body}</div></article>`,
  (body: string) =>
    `<div class="main"><h1>Cầu mới</h1>${body}</div><div class="sidebar"><a href="/1">Tin một</a></div>`,
  (body: string) =>
    `<form><table><tr><td><a href="/">Trang chủ</a></td></tr><tr><td><h1>Cầu mới</h1>${body}</td></tr></table></form>`,
  (body: string) => `<main><header><h1>Cầu mới</h1></header><section><font size="2">${body}</font></section></main>`,
);

describe('any story', () => {
  it('keeps every paragraph once and in order, and no caption in its text', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(piece, { minLength: 6, maxLength: 16, selector: ({ html }) => html }),
        frame,
        (pieces, around) => {
          const texts = pieces.map(({ text }) => text).filter(Boolean);
          fc.pre(texts.length >= 4);
          const article = read(around(pieces.map(({ html }) => html).join('\n')));
          let at = 0;
          for (const text of texts) {
            expect(article.text.split(text)).toHaveLength(2);
            expect(article.text.indexOf(text)).toBeGreaterThanOrEqual(at);
            at = article.text.indexOf(text);
          }
          for (const left of ['Chú thích của ảnh', 'Dòng dưới ảnh', 'Quảng cáo', 'Xem thêm', 'Chia sẻ']) {
            expect(article.text).not.toContain(left);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('any page', () => {
  const scrap = fc.oneof(
    fc.constantFrom(
      ...[
        '<p>',
        '</p>',
        '<div class="related">',
        '</div>',
        '<article>',
        '<h1>',
        '</h1>',
        '<ul><li>',
        '<a href="/x">',
        '</a>',
      ],
      ...[
        '<figure><img src="/a.jpg">',
        '<figcaption>Một cây cầu</figcaption></figure>',
        '<table><tr><td>',
        '<br><br>',
        '<b>',
      ],
      ...[
        '<div style="display:none">',
        '<span itemprop="author">',
        '<script type="application/ld+json">{',
        '</script>',
        '<aside>',
      ],
      ...[
        'Bài và ảnh: THU HÀ',
        'Các tin khác',
        'Sáng 24/11, ',
        '(TTXVN) - ',
        '\u200b',
        '\ud800',
        'e\u0301',
        '&#0;',
        '\u202e',
      ],
    ),
    sentence,
    fc.string({ unit: 'binary', maxLength: 10 }),
  );
  const pages = fc.array(scrap, { maxLength: 40 }).map((scraps) => scraps.join(''));

  it('never fails, and what it gives is clean and reads again the same', () => {
    fc.assert(
      fc.property(pages, (html) => {
        const article = read(html);
        expectClean(article);
        const again = parseFragment(article.html, null);
        expect(again.innerHTML.length).toBeGreaterThanOrEqual(0);
        expect(selectAll(again, 'script, style, iframe, form, object')).toEqual([]);
        const captions = new Set(selectAll(again, 'figcaption').map((caption) => textOf(caption).trim()));
        for (const { caption, url } of article.photos) {
          if (caption !== null && url !== null)
            expect([...captions].some((printed) => printed.includes(caption))).toBe(true);
        }
      }),
      { numRuns: 120 },
    );
  });
});

/** Composed letters, nothing invisible, no lone halves of characters. */
function expectClean({ headline, lead, text }: Article): void {
  for (const value of [headline, lead, text]) {
    expect(value.isWellFormed()).toBe(true);
    expect(value).toBe(value.normalize('NFC'));
    expect(value).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F\uFEFF\u202D\u202E]/);
  }
}
