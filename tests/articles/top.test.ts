import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Hints } from '#src/core/raw-article.ts';

const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const context = { profile: loadProfile('vietnamese-portal'), site, now: Date.UTC(2026, 10, 25, 8) };
const bodyHtml = `<p>Sáng 25/11, cầu treo Bản Mế thông xe sau mười bốn tháng thi công.</p>
<figure><img src="/u/cau-1.jpg"><figcaption>Người dân qua cầu. Ảnh: Lò Thị Mai</figcaption></figure>
<p>Cầu dài 96 mét, nối ba bản với đường tỉnh.</p>`;

const read = (hints: Hints) =>
  readArticle(
    { kind: 'page', url: 'https://bao.example/cau/', html: '', hints: { headline: 'Cầu', ...hints } },
    context,
  );
const photo = (caption: string) => ({ url: 'https://bao.example/u/cau.jpg', caption });

describe('the photo that a source names beside the body', () => {
  it('is the one with the same caption there, whose credit is printed behind it', () => {
    expect(read({ bodyHtml, photos: [photo('Người dân qua cầu. Ảnh: Lò Thị Mai')] }).photos).toHaveLength(1);
    expect(read({ bodyHtml, photos: [photo('Người dân qua cầu.')] }).photos).toHaveLength(1);
  });

  it('stands above it where it shows something else', () => {
    const { photos, html } = read({ bodyHtml, photos: [photo('Cầu nhìn từ đỉnh đèo. Ảnh: Lò Văn An')] });
    expect(photos.map(({ caption, credit }) => [caption, credit])).toEqual([
      ['Cầu nhìn từ đỉnh đèo.', 'Lò Văn An'],
      ['Người dân qua cầu.', 'Lò Thị Mai'],
    ]);
    expect(html.indexOf('đỉnh đèo')).toBeLessThan(html.indexOf('Sáng 25/11'));
  });
});

it('what the source doubts, the article doubts', () => {
  expect(read({ bodyHtml, doubts: ['The post is for members only: the text may not be complete.'] }).doubts).toContain(
    'The post is for members only: the text may not be complete.',
  );
});
