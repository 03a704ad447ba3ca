import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Article } from '#src/core/article.ts';
import { graphemesOf } from '#src/core/length.ts';
import { summaryFault } from '#src/core/summary-guard.ts';
import { summaries } from '#tests/fixtures/summaries.ts';

const nothing = { headline: '', dateline: null, byline: [], section: null, photos: [] };
const article = (language: string, text: string): Article =>
  ({ ...nothing, language, lead: '', text }) as unknown as Article;
const told = summaries.filter(({ summary }) => graphemesOf(summary).length >= 20);

describe('a summary held against its article', () => {
  it.each(told)('may be its own sentences: [$language] $summary', ({ language, lead, text, dateline, summary }) => {
    const own = { ...article(language, `${lead}\n\n${text}`), ...(dateline && { dateline }) };
    expect(summaryFault(summary, own)).toBeNull();
  });

  it('may not hold a number that the article does not', () => {
    const any = fc.constantFrom(...told);
    const number = fc.integer({ min: 3000, max: 999_999 });
    fc.assert(
      fc.property(any, number, ({ language, lead, text, summary }, strange) => {
        fc.pre(!`${lead}${text}`.replace(/\D/g, ' ').split(' ').includes(String(strange)));
        const fault = summaryFault(`${strange} ${summary}`, article(language, `${lead}\n\n${text}`));
        expect(fault).not.toBeNull();
      }),
    );
  });

  it.each([
    ['holds an address', 'xem gosao\u200B.com.'],
    ['holds an address', 'xem ht\u2060tps://gosao.example.'],
    ['holds an address', 'xem gosao。com.'],
    ['holds an address', 'xem gosao\u2024com.'],
    ['holds a mention', 'theo @\u200Ban.'],
    ['holds a hashtag', 'theo #\u200Ban.'],
    ['holds markup', '<\u200Bb>theo an.'],
  ])('%s, also where a sign that nobody sees hides it', (fault, end) => {
    const text = 'Nhà máy Gò Sao phát nước cho 4.200 hộ dân, theo an và xem gosao com b.';
    const source = article('vi', text);
    expect(summaryFault(`Nhà máy Gò Sao phát nước cho 4.200 hộ dân, ${end}`, source)).toBe(fault);
  });

  it.each([
    ['en', 'Three houses will be torn down for the bridge in Harlow.', 'says Three, which the article does not'],
    ['en', 'Two houses and twelve barns will go for the bridge in Harlow.', null],
    ['de', 'Für die Brücke in Harlow sollen vier Häuser weichen.', 'says vier, which the article does not'],
    ['vi', 'Cầu mới ở Harlow buộc bốn hộ dân phải dời nhà đi.', 'says bốn, which the article does not'],
  ])('nor one in words: [%s] %s', (language, summary, fault) => {
    const said =
      'Two houses and 12 barns will be torn down, go for the bridge in Harlow. Für die Brücke in Harlow sollen zwei Häuser weichen. Cầu mới ở Harlow buộc ba hộ dân phải dời nhà đi.';
    expect(summaryFault(summary, article(language, said))).toBe(fault);
  });

  const base =
    'Nhà máy Gò Sao phát nước cho 4.200 hộ dân từ 16/11, vốn 12,5 triệu đồng, đạt 30% kế hoạch, theo ông Lê Văn An và bà Trần Thị Bình.';
  it.each([
    ['Nhà máy Gò Sao phát nước cho 4,200 hộ dân từ 16/11.', null],
    ['Nhà máy Gò Sao phát nước cho 4200 hộ dân, đạt 30 phần trăm kế hoạch.', null],
    ['Nhà máy Gò Sao phát nước cho ４２００ hộ dân từ 16/11.', null],
    ['Theo ông Lê Văn An, nhà máy phát nước cho 4.200 hộ dân.', null],
    ['Vốn của nhà máy Gò Sao là 12,5 tỷ đồng, đạt 30% kế hoạch.', 'says 12,5 tỷ, which the article does not'],
    ['Nhà máy Gò Sao phát nước cho 42 hộ dân từ 16/11.', 'says 42, which the article does not'],
    ['Vốn của nhà máy Gò Sao là 125 triệu đồng theo kế hoạch.', 'says 125 triệu, which the article does not'],
    ['Nhà máy Gò Sao phát nước, theo bà Trần Văn Bình và ông An.', 'names Trần Văn Bình, which the article does not'],
    ['UBND tỉnh cho biết nhà máy Gò Sao phát nước cho hộ dân.', 'names UBND, which the article does not'],
    ['Hà Nội: nhà máy phát nước cho 4.200 hộ dân từ 16/11.', 'names Hà Nội, which the article does not'],
  ])('%s', (summary, fault) => {
    expect(summaryFault(summary, article('vi', base))).toBe(fault);
  });

  it.each([
    [
      'ja',
      '川見町は二十日、新しい橋の開通式を開いた。町長の説明では総工費は4億円。',
      '川見町は二十日、鈴木町長が新しい橋の開通式を開いた。総工費は4億円。',
    ],
    [
      'zh',
      '江湾古桥修缮工程20日完工，行人可以再次步行过河，市民纷纷前来参观。',
      '江湾古桥修缮工程20日完工，王建国宣布行人可以再次步行过河。',
    ],
    [
      'ko',
      '해담시는 20일 새 다리를 개통했다. 주민 300명이 참석한 가운데 열렸다.',
      '해담시는 20일 새 다리를 개통했다. 김철수가 참석한 가운데 열렸다.',
    ],
    ['th', 'นายกเทศมนตรีเปิดสะพานใหม่ยาว 96 เมตร เมื่อวันเสาร์', 'นายกเทศมนตรีสมชายเปิดสะพานใหม่ยาว 96 เมตร เมื่อวันเสาร์'],
    [
      'ar',
      'افتتحت البلدية يوم الخميس جسرا جديدا طوله 96 مترا في وسط المدينة.',
      'افتتح محمود يوم الخميس جسرا جديدا طوله 96 مترا في وسط المدينة.',
    ],
    ['hi', 'देवलधार गांव में मंगलवार को 96 मीटर लंबा पुल खोला गया।', 'देवलधार गांव में मंगलवार को राजेश ने 96 मीटर लंबा पुल खोला।'],
    [
      'ru',
      'В Ладвинске открыли 20 ноября новый мост длиной 212 метров.',
      'В Ладвинске Петров открыл 20 ноября новый мост длиной 212 метров.',
    ],
  ])('in %s names nobody else', (language, text, invented) => {
    expect(summaryFault(text, article(language, text))).toBeNull();
    expect(summaryFault(invented, article(language, text))).toMatch(/^names /);
  });
});
