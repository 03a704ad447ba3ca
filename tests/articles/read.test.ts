import { describe, expect, it } from 'vitest';
import { loadProfile } from '#config/profiles.ts';
import { readArticle } from '#src/articles/read.ts';
import type { Hints } from '#src/core/raw-article.ts';

const profile = loadProfile('vietnamese-portal');
const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const context = { profile, site, now: Date.parse('2026-11-25T15:00:00Z') };
const story =
  '<p>Cầu mới qua suối Nà Lầu đã mở cho người đi bộ từ sáng nay, sớm hơn hẹn hai tuần.</p><p>Bà con đi chợ không còn phải vòng xa.</p>';
const page = (html: string, hints: Hints = {}) =>
  readArticle({ kind: 'page', url: 'https://bao.example/1', html, hints }, context);
const text = (content: string, hints: Hints = {}) => readArticle({ kind: 'text', text: content, hints }, context);

describe('what the source says', () => {
  it('wins over what the page says', () => {
    const html =
      '<meta property="og:title" content="Khác"><meta property="article:published_time" content="2020-01-01T00:00:00Z">';
    const article = page(html, {
      headline: 'Cầu mới &amp; chợ mới',
      bodyHtml: story,
      byline: ['thu.ha@bao.example', 'Thu Hà'],
      language: 'vi-VN',
      section: 'Đời sống',
      tags: ['cầu'],
      publishedAt: 'Tue, 24 Nov 2026 08:00:00 +0700',
      url: 'https://bao.example/cau-moi',
    });
    expect(article).toMatchObject({
      headline: 'Cầu mới & chợ mới',
      byline: ['Thu Hà'],
      language: 'vi-VN',
      section: 'Đời sống',
      tags: ['cầu'],
      publishedAt: '2026-11-24T01:00:00Z',
      url: 'https://bao.example/cau-moi',
      doubts: [],
    });
    expect(article.text.split('\n\n')).toHaveLength(2);
  });

  it('keeps its summary for the lead unless it was cut off or opens the body', () => {
    expect(page('', { headline: 'A', bodyHtml: story, lead: '<p>Nhịp sống mới bên suối.</p>' }).lead).toBe(
      'Nhịp sống mới bên suối.',
    );
    for (const lead of ['Cầu mới qua suối […]', 'Cầu mới qua suối Nà Lầu']) {
      expect(page('', { headline: 'A', bodyHtml: story, lead }).lead).toMatch(
        /^Cầu mới qua suối Nà Lầu đã mở.*tuần\.$/,
      );
    }
  });

  it('gives a body without photos the source’s', () => {
    const photos = [{ url: 'https://anh.example/1.jpg', caption: 'Cầu mới. Ảnh: Thu Hà', width: 1600, height: 900 }];
    const article = page('', { headline: 'A', bodyHtml: story, photos });
    expect(article.photos).toEqual([
      { url: 'https://anh.example/1.jpg', caption: 'Cầu mới.', credit: 'Thu Hà', alt: null, width: 1600, height: 900 },
    ]);
    expect(article.html).toMatch(
      /^<figure><img [^>]*src="https:\/\/anh\.example\/1\.jpg" \/><figcaption>Cầu mới\. \(Thu Hà\)<\/figcaption><\/figure>/,
    );
    expect(text('Cầu mới qua suối đã mở.', { headline: 'A', photos }).photos).toHaveLength(1);
  });
});

describe('dates', () => {
  it('are kept as an embargo where a time of day lies up to two days ahead', () => {
    for (const publishedAt of ['2026-11-25T15:11:00Z', '2026-11-27T14:59:00Z']) {
      expect(page('', { headline: 'A', bodyHtml: story, publishedAt })).toMatchObject({
        publishedAt,
        doubts: [expect.stringContaining('nothing is posted before it')],
      });
    }
    const event = '<h1>Hội đua thuyền</h1><time datetime="2026-11-26T19:00:00+07:00">Khai mạc</time>';
    expect(page(`<html><body><article>${event}${story}</article></body></html>`, {}).publishedAt).toBeNull();
  });

  it('are the page’s where the source gives local time as if it were UTC', () => {
    const at = (publishedAt: string) =>
      page(
        `<html><head><meta property="article:published_time" content="2026-11-25T21:40:00+07:00"></head><body><article><h1>A</h1>${story}</article></body></html>`,
        { publishedAt },
      );
    expect(at('Wed, 25 Nov 2026 21:40:12 GMT')).toMatchObject({
      publishedAt: '2026-11-25T14:40:00Z',
      doubts: [expect.stringContaining('local time as if it were UTC')],
    });
    expect(at('Wed, 25 Nov 2026 21:50:00 GMT').publishedAt).toBe('2026-11-25T21:50:00Z');
  });

  it('are doubted when they lie in the future, are no dates or have no time', () => {
    const published = (publishedAt: string) => page('', { headline: 'A', bodyHtml: story, publishedAt });
    expect(published('2026-11-25T15:09:00Z')).toMatchObject({ publishedAt: '2026-11-25T15:09:00Z', doubts: [] });
    expect(published('2026-11-27T15:01:00Z')).toMatchObject({
      publishedAt: null,
      doubts: [expect.stringContaining('lies in the future; the time it was first seen counts')],
    });
    expect(published('26/11/2026')).toMatchObject({ publishedAt: null });
    expect(published('hôm kia')).toMatchObject({
      publishedAt: null,
      doubts: [expect.stringContaining('was not understood')],
    });
    expect(published('24/11/2026')).toMatchObject({
      publishedAt: '2026-11-23T17:00:00Z',
      doubts: [expect.stringContaining('no time of day')],
    });
  });
});

it('takes a date printed above the story for its date, not for its lead', () => {
  const article = page(`<div class="noidung"><h1>Cầu mới</h1><p>Thứ Ba, 24/11/2026 | 08:30</p>${story}</div>`);
  expect(article).toMatchObject({ headline: 'Cầu mới', publishedAt: '2026-11-24T01:30:00Z' });
  expect(article.lead).toMatch(/^Cầu mới qua suối/);
});

it('finds names and place under a standfirst', () => {
  const { byline, dateline, text } = page(
    '<article><h1>Ferries sail again</h1><p class="intro">Islanders had been cut off for four days as waves of up to six metres battered the pier.</p><div>By <a href="/joan">Joan Petrie</a> and Malcolm Reid</div><p>HARBOUR, Nov 24 — The first sailing left at 7.15am with 84 passengers on board, many of them pupils.</p><p>The operator said a second vessel would be on standby until Friday.</p></article>',
  );
  expect(byline).toEqual(['Joan Petrie', 'Malcolm Reid']);
  expect(dateline).toEqual({ text: 'HARBOUR, Nov 24', date: '2026-11-24' });
  expect(text).not.toMatch(/By Joan|HARBOUR/);
});

it('leaves what a page writes anew with every look out of the text, above it and below', () => {
  const long = '<p>Đại hội bầu 7 người vào ban quản trị, 3 người vào ban kiểm soát của hợp tác xã nông nghiệp.</p>';
  const moving = [
    'Lượt xem: 1.234',
    'Viewed 1,234 times',
    'Số lượt đọc: 55',
    '2 hours ago',
    'Cập nhật lúc 08:30 ngày 26/11/2026',
    'Lần xem: 30 | Phản hồi: 0',
  ];
  for (const line of moving) {
    const html = (before: string, after: string) =>
      `<div><h1>Cầu mới qua suối</h1>${before}${story}${long}${after}</div>`;
    const plain = page(html('', '')).text;
    expect([line, page(html(`<p>${line}</p>`, '')).text, page(html('', `<p>${line}</p>`)).text]).toEqual([
      line,
      plain,
      plain,
    ]);
  }
  expect(page(`<div>${story}${long}<p>Ông mất cách đây 3 ngày trước.</p></div>`).text).toMatch(/3 ngày trước\.$/);
});

describe('the language', () => {
  it('is not believed where the letters say otherwise', () => {
    expect(page(`<html lang="en"><body><article><h1>Cầu mới</h1>${story}</article></body></html>`).language).toBe('vi');
    const arabic = '<p>وصلت مكتبة متنقلة تحمل ثلاثة آلاف كتاب إلى سبع قرى في الوادي بعد انتهاء الدروس.</p>';
    expect(page('', { headline: 'مكتبة', bodyHtml: arabic, language: 'vi' }).language).toBe('ar');
  });

  it('is the site’s for a text too short to tell', () => {
    expect(text('OK.', {}).language).toBe('vi');
  });
});

describe('a pasted text', () => {
  it('has the first line for a headline when a plain text follows', () => {
    const article = text('Cầu mới qua suối\n\nCầu mới qua suối Nà Lầu đã mở cho người đi bộ.\n\nBà con vui.');
    expect(article).toMatchObject({
      headline: 'Cầu mới qua suối',
      lead: 'Cầu mới qua suối Nà Lầu đã mở cho người đi bộ.',
    });
    expect(article.doubts).toEqual(['The first line was taken as the headline.']);
  });

  it('has no headline when the first line is a caption over a lead with its time', () => {
    const article = text('Đại biểu cắt băng khánh thành cầu mới\n\nSáng 24/11/2026, cầu mới mở. Bà con vui.');
    expect(article).toMatchObject({
      headline: 'Sáng 24/11/2026, cầu mới mở',
      photos: [{ caption: 'Đại biểu cắt băng khánh thành cầu mới' }],
    });
  });

  it('joins lines that a mail program broke', () => {
    const wrapped =
      'Cầu mới qua suối Nà Lầu đã mở cho người đi bộ từ sáng nay,\nsớm hơn hẹn hai tuần, và bà con đi chợ không còn phải vòng\nqua đèo như mọi năm.';
    expect(text(`Cầu mới\n\n${wrapped}`).text).toBe(wrapped.replaceAll('\n', ' '));
  });

  it('never loses a text that is only one line', () => {
    expect(text('HOÀNG MAI').text).toBe('HOÀNG MAI');
    expect(text('')).toMatchObject({ text: '', headline: 'Báo Ví Dụ' });
  });
});

it('keeps the sapo once, at the top', () => {
  const sapo = 'Cầu mới giúp bà con đi chợ gần hơn.';
  const html = (inside: string) =>
    `<h1 class="title">Cầu mới</h1><div class="sapo">${sapo}</div><div class="noidung">${inside}${story}</div>`;
  for (const inside of ['', `<p>${sapo}</p>`, `<p>${sapo}</p><p>${sapo}</p>`]) {
    const article = page(html(inside));
    expect(article.lead).toBe(sapo);
    expect(article.text.split(sapo)).toHaveLength(2);
    expect(article.text.startsWith(sapo)).toBe(true);
  }
});

describe('a pasted text in another language than the newsroom’s', () => {
  it('is short, and told for what it is, its byline above the story too', () => {
    const english = `Mill shares jump

By Jane Roe

PORT HARL, Nov 25 (AP) - Shares of Harl Mills rose 3.5% to 12.40 at 4 p.m. after it said it would buy back looms.`;
    expect(text(english)).toMatchObject({
      language: 'en',
      byline: ['Jane Roe'],
      lead: 'Shares of Harl Mills rose 3.5% to 12.40 at 4 p.m. after it said it would buy back looms.',
    });
  });

  it('is a story and no caption, whatever ends its sentences', () => {
    const khmer = 'ភូមិថ្មី៖ ស្ពានដែលរងការខូចខាតដោយទឹកជំនន់ បានបើកឡើងវិញនៅព្រឹកថ្ងៃអង្គារ បន្ទាប់ពីជួសជុលអស់រយៈពេលពីរសប្តាហ៍។';
    expect(text(`ស្ពានបើកឡើងវិញ\n\n${khmer}`)).toMatchObject({ language: 'km', photos: [], lead: khmer.slice(10) });
    const thai =
      'ชาวบ้านบางสนช่วยกันซ่อมสะพานไม้ที่เสียหายจากน้ำท่วม และเปิดให้เดินได้อีกครั้ง ตั้งแต่เช้าวันอังคาร หลังปิดมาสองสัปดาห์ เพื่อความปลอดภัยของเด็กนักเรียน';
    expect(text(`เปิดสะพานอีกครั้ง\n\n${thai}`)).toMatchObject({ language: 'th', photos: [], lead: thai });
  });
});
