import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '#src/core/article.ts';
import { changesBetween, contentHash } from '#src/core/revision.ts';

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

describe('what a template changes with every reading is no change', () => {
  const base = 'https://anh.example/1.jpg?id=7';
  const signed = { ...article, photos: [{ ...photo, url: `${base}&w=640&v=12` }] };

  it.each([
    [
      'the size, version and signature of a photo',
      { photos: [{ ...photo, url: `${base}&w=900&v=13&token=x&X-Amz-Date=2` }] },
    ],
    ['a link without words', { html: `${article.html}<a href="https://ad.example/7"><span> </span></a>` }],
  ])('%s', (_what, change) => {
    expect(changesBetween(signed, { ...signed, ...change })).toEqual([]);
    expect(contentHash({ ...signed, ...change })).toBe(contentHash(signed));
  });

  it('but another photo is one, and so is a link that can be seen', () => {
    const other = { ...signed, photos: [{ ...photo, url: 'https://anh.example/1.jpg?id=8&w=640&v=12' }] };
    expect(changesBetween(signed, other)).toEqual(['photos']);
    const linked = { ...signed, html: `${article.html}<a href="https://bao.example/3"><b>Xem</b></a>` };
    expect(changesBetween(signed, linked)).toEqual(['links']);
  });
});

it('changesBetween names what an editor would name', () => {
  expect(changesBetween(article, { ...article, headline: 'Cầu khác' })).toEqual(['headline']);
  expect(changesBetween(article, { ...article, photos: [{ ...photo, caption: 'Cầu cũ' }] })).toEqual(['captions']);
  expect(changesBetween(article, { ...article, photos: [] })).toEqual(['photos']);
  expect(changesBetween(article, { ...article, byline: ['Văn Lâm'], text: 'khác' })).toEqual([
    'text',
    'facts',
    'byline',
  ]);
  expect(changesBetween(article, { ...article, html: article.html.replace('/2', '/3') })).toEqual(['links']);
});

describe('changes of a text', () => {
  const text =
    'Sáng 24/11, cầu Nà Hin bắc qua suối Thẳm mở cho xe qua lại. Công trình làm trong bảy tháng, hết 12,5 tỉ đồng. Ông Lò Văn Pâng nói dân bản đã chờ lâu.';
  const told = (from: string, to: string) =>
    changesBetween({ ...article, text }, { ...article, text: text.replace(from, to) });

  it.each([
    ['a letter too few', 'trong', 'trog', ['typo']],
    ['forgotten marks', 'Công trình làm', 'Công trinh lam', ['typo']],
    ['other punctuation and quotes', 'bảy tháng, hết', 'bảy tháng; hết', ['typo']],
    ['a number', '12,5 tỉ', '15,2 tỉ', ['facts']],
    ['a day', '24/11', '25/11', ['facts']],
    ['a name', 'Lò Văn Pâng', 'Lò Văn Pành', ['facts']],
    ['other words', 'đã chờ lâu', 'mong từ nhiều năm', ['text']],
    ['a word more', 'dân bản đã', 'dân bản không đã', ['text']],
    ['a new sentence with a name', 'chờ lâu.', 'chờ lâu. Tin của Thu Hà.', ['text', 'facts']],
  ])('%s', (_what, from, to, expected) => {
    expect(told(from, to)).toEqual(expected);
  });

  it('knows slips in texts without spaces, and never takes another word for one', () => {
    const thai = 'เช้าวันนี้ สะพานใหม่ข้ามลำห้วยเปิดให้รถผ่านแล้ว ใช้เวลาก่อสร้าง 7 เดือน';
    const japanese = '二十四日朝、ナヒンの新しい橋が開通した。工期は七か月だった。';
    const change = (before: string, after: string) =>
      changesBetween({ ...article, text: before }, { ...article, text: after });
    expect(change(thai, thai.replace('7', '9'))).toEqual(['facts']);
    expect(change(japanese, japanese.replace('七', '九'))).toContain('facts');
    expect(change(japanese, japanese.replace('開通', '閉鎖'))).toEqual(['text']);
  });

  it('a slip in the headline is no new headline, a number there is', () => {
    expect(changesBetween(article, { ...article, headline: 'Cầu mới qua suôi' })).toEqual(['typo']);
    expect(changesBetween(article, { ...article, headline: '2 cầu mới qua suối' })).toEqual(['headline']);
  });

  it('a credit is told apart from its caption', () => {
    expect(changesBetween(article, { ...article, photos: [{ ...photo, credit: 'Văn Lâm' }] })).toEqual(['credits']);
  });

  it('never calls a changed number a slip, whatever else changed', () => {
    const number = fc.integer({ min: 0, max: 99_999 });
    fc.assert(
      fc.property(number, number, fc.constantFrom('trong', 'trog', 'tron'), (from, to, word) => {
        fc.pre(from !== to);
        const before = text.replace('12,5', String(from));
        const after = text.replace('12,5', String(to)).replace('trong', word);
        expect(changesBetween({ ...article, text: before }, { ...article, text: after })).toContain('facts');
      }),
    );
  });

  it('takes two long texts that have nothing in common in a moment', () => {
    const long = (word: string) => `${word} và rồi `.repeat(60_000);
    const start = performance.now();
    expect(changesBetween({ ...article, text: long('mưa') }, { ...article, text: long('nắng') })).toContain('text');
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
