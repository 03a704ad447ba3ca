import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage } from '#src/markup/html.ts';
import { deriveSelector } from '#src/markup/listing/derive-selector.ts';
import { likelyLinks } from '#src/markup/listing/likely-links.ts';
import { linksOf } from '#src/markup/listing/links.ts';

const site = 'https://bao.example/';
function look(body: string, head = '') {
  const document = parsePage(`<!doctype html><html><head>${head}</head><body>${body}</body></html>`, site);
  const links = likelyLinks(linksOf(document), site, (url) => url.startsWith(site));
  return { links, titles: links.map(({ text }) => text), selector: deriveSelector(document, links)?.selector ?? null };
}
const menu = (...items: string[]) =>
  `<ul class="sf-js-enabled">${items.map((item, index) => `<li><a href="/muc-${index}">${item}</a></li>`).join('')}</ul>`;
const times = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join('\n');
const headline = (index: number) => `Xã vùng cao góp ngày công làm đường đoạn thứ ${index}`;

describe('articles are found', () => {
  it.each<[string, string, number, RegExp]>([
    [
      'a table of an old portal',
      `${menu('Trang chủ', 'Thời sự', 'Pháp luật')}<table class="tblist">${times(9, (i) => `<tr><td><a href="Default.aspx?tabid=72&newsid=${4000 + i}">${headline(i)}</a> <i>(25/11)</i></td></tr>`)}</table>`,
      9,
      /tblist|td/,
    ],
    [
      'cards that are links as a whole',
      `<div class="grid-3">${times(12, (i) => `<a class="story-card" href="/2026/11/25/road-${i}"><img alt=""><h2>River road opens after a long wait, part ${i}</h2><p>The last stretch was paved on Tuesday by people of three villages who gave their time.</p></a>`)}</div>`,
      12,
      /story-card/,
    ],
    [
      'titles with made-up class names',
      `<main class="css-1x9k2ab">${times(8, (i) => `<article class="css-8Fh2Kd1"><h3 class="sc-a1B2c3"><a href="/local/bridge-reopens-after-flood-${i}">Bridge reopens after the flood, report ${i}</a></h3></article>`)}</main>`,
      8,
      /^(?:article|main|h3)[ \w]*a$/,
    ],
    [
      'bare lines with short addresses',
      `<h1>Tin</h1><ul>${times(4, (i) => `<li><a href="/${'abcd'[i]}">Cầu mới thông xe ${i}</a></li>`)}</ul>`,
      4,
      /li a/,
    ],
    [
      'Arabic headlines at coded addresses',
      `<nav>${menu('محليات', 'اقتصاد')}</nav><div class="posts">${times(7, (i) => `<h2><a href="/%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1/%D8%A7%D9%84%D8%B3%D9%88%D9%82-${i}">السوق الأسبوعي يفتح أبوابه من جديد بعد الإصلاح ${i}</a></h2>`)}</div>`,
      7,
      /posts|h2/,
    ],
    [
      'Japanese lines with dates before them',
      `<div class="news">${times(6, (i) => `<dl><dt>2026年11月${20 + i}日</dt><dd><a href="/archives/${900 + i}">山あいの村の橋が${i}か月ぶりに通れるように</a></dd></dl>`)}</div>`,
      6,
      /dd|news/,
    ],
  ])('in %s', (_name, body, count, selector) => {
    const found = look(body);
    expect(found.links).toHaveLength(count);
    expect(found.selector).toMatch(selector);
  });

  it('under their titles, though picture, “more” and comments lead there too', () => {
    const teaser = (
      i: number,
    ) => `<div class="box"><a href="/tin/${1000 + i}.html"><img alt="anh-${i}.jpg"></a><a class="tit" href="/tin/${1000 + i}.html">${headline(i)}</a>
      <a href="/tin/${1000 + i}.html#binhluan">12 bình luận</a><a href="/tin/${1000 + i}.html">Xem chi tiết bài viết này ở đây »</a></div>`;
    const { titles, selector } = look(times(5, teaser));
    expect(titles).toEqual([0, 1, 2, 3, 4].map(headline));
    expect(selector).toMatch(/tit/);
  });

  it('and not menus, tags, authors, foot lines or what the page says of itself', () => {
    const body = `${menu('Thời sự - Chính trị', 'Văn hóa - Thể thao - Du lịch', 'Nông thôn mới', 'Khoa học - Công nghệ')}
      <div class="breadcrumb"><a href="/thoi-su-tong-hop-trong-ngay">Thời sự tổng hợp trong ngày hôm nay</a></div>
      <div class="list">${times(6, (i) => `<h4><a href="/tin/xa-vung-cao-lam-duong-${2000 + i}.html">${headline(i)}</a></h4><a href="/tac-gia/nguyen-van-nam-123">Nguyễn Văn Nam, phóng viên thường trú</a>`)}</div>
      <div class="tags"><a href="/tag/nong-thon-moi-kieu-mau">nông thôn mới kiểu mẫu ở vùng cao</a></div>
      <div class="footer-bottom"><a href="/dieu-khoan-su-dung-va-quyen-rieng-tu">Điều khoản sử dụng và quyền riêng tư</a></div>`;
    expect(look(body).titles).toEqual([0, 1, 2, 3, 4, 5].map(headline));
  });

  it('none in a page without any', () => {
    expect(look('<p>Xin chào</p><a href="/">Trang chủ</a><a href="mailto:a@bao.example">Thư</a>')).toEqual({
      links: [],
      titles: [],
      selector: null,
    });
  });
});

it('a link keeps to the page’s base address', () => {
  const { links } = look(
    '<h2><a href="xa-vung-cao-lam-duong-2001.html">Xã vùng cao góp ngày công làm đường</a></h2>',
    '<base href="/tin/">',
  );
  expect(links.map(({ url }) => url)).toEqual(['https://bao.example/tin/xa-vung-cao-lam-duong-2001.html']);
});

it('a hundred thousand links take no long time', () => {
  const start = performance.now();
  look(times(100_000, (i) => `<div class="c${i}"><a href="/tin/bai-viet-${i}">${headline(i)}</a></div>`));
  expect(performance.now() - start).toBeLessThan(8000);
});

it('any page whatever is read without a failure', () => {
  fc.assert(
    fc.property(
      fc.array(
        fc.constantFrom(
          '<a href="/x-1234">',
          '<a href="//">',
          '<a href="http://[">',
          '</a>',
          '<div class="a.b c:d">',
          '<h3>',
          '</h3>',
          '<li>',
          '</div>',
          'Chữ ',
          '日本',
          '<a href="?id=1">',
          '<nav>',
          '<base href="x:">',
        ),
      ),
      (parts) => {
        look(parts.join(''));
      },
    ),
    { numRuns: 100 },
  );
});
