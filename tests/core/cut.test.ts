import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutSentence, cutText } from '#src/core/cut.ts';
import { graphemesOf, textLength } from '#src/core/length.ts';
import type { LengthUnit } from '#src/core/post.ts';

const fits =
  (most: number, unit: LengthUnit = 'graphemes') =>
  (text: string) =>
    textLength(text, unit) <= most;
const cut = (text: string, most: number) => cutText(text, fits(most));

describe('a cut', () => {
  it.each([
    ['Đường đã thông, xe qua lại từ sáng. Chợ họp lại.', 40, 'Đường đã thông, xe qua lại từ sáng.'],
    ['Đường đã thông, xe qua lại từ sáng. Chợ họp lại.', 20, 'Đường đã thông…'],
    ['Ông nói: “Chúng tôi về. Rồi sẽ đi.” Ông cười.', 42, 'Ông nói: “Chúng tôi về. Rồi sẽ đi.”'],
    ['Ban quản lý (gồm ba người của xã) đã nhận chìa khóa', 20, 'Ban quản lý…'],
    ['Đoàn thăm “Ngôi nhà chung” ở bản', 14, 'Đoàn thăm…'],
    ['Kinh phí dự án là 1.484 tỷ đồng từ ngân sách', 26, 'Kinh phí dự án…'],
    ['Lễ khánh thành diễn ra 25/5/2022 tại xã Nà Pheo', 35, 'Lễ khánh thành diễn ra 25/5/2022…'],
    ['Chuyên gia PGS.TS. Nguyễn Thị Hòa phát biểu', 20, 'Chuyên gia…'],
    ['Chợ phiên họp lại ở TP. Hải Vân', 24, 'Chợ phiên họp lại…'],
    ['Giá lúa tăng 30 % trong vụ này', 17, 'Giá lúa tăng…'],
    ['The mayor of the city of Tarn Quay spoke', 17, 'The mayor…'],
    ['กรุงเทพมหานครจัดงานใหญ่', 14, 'กรุงเทพมหานคร…'],
    ['東京都は2026年に新しい橋を開通させる', 9, '東京都は…'],
    ['👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 2, '👩‍👩‍👧‍👦…'],
    ['देवलधार गांव में पुल खुला। सड़क टूटी है।', 22, 'देवलधार गांव में पुल खुला।'],
  ])('of %s at %i is %s', (text, most, shown) => {
    expect(cut(text, most)).toBe(shown);
  });

  it('leaves what fits as it is, and nothing where nothing fits', () => {
    expect(cut('Đường đã thông', 14)).toBe('Đường đã thông');
    expect(cut('Đường đã thông', 1)).toBe('');
  });
});

describe('whatever is cut, in whatever script and unit', () => {
  const words = fc.constantFrom(
    ...[
      'Đắk',
      'Lắk',
      'thông',
      'xe.',
      'PGS.TS.',
      'Nguyễn',
      '1.484',
      'tỷ',
      'đồng,',
      '25/5/2022',
      '(sáng',
      'nay)',
      '“Chúng',
      'tôi”',
    ],
    ...['กรุงเทพมหานคร', 'เปิดสะพาน', 'وصل', 'القطار؟', 'می‌خواهم', '東京で', '会議を開いた。', '「はい」'],
    ...[
      'हिन्दी',
      'क्षमा',
      'है।',
      'រដ្ឋបាល',
      'ខេត្ត។',
      '서울에서',
      '👩‍👩‍👧‍👦',
      '🏳️‍🌈',
      '🇻🇳🇯🇵',
      '👍🏽',
      'e\u0301\u0323',
      '—',
      'x'.repeat(40),
    ],
  );
  const texts = fc.array(words, { minLength: 1, maxLength: 40 }).map((list) => list.join(' '));
  const units = fc.constantFrom<LengthUnit>('graphemes', 'code points', 'utf-16 units', 'utf-8 bytes', 'weighted');
  const whole = /[\p{Sentence_Terminal}…]["'”’»)\]」』）]*$/u;

  it('fits, starts as it did, ends as a sentence or with …, between whole characters', () => {
    fc.assert(
      fc.property(texts, units, fc.integer({ min: 8, max: 300 }), (text, unit, most) => {
        for (const shorten of [cutText, cutSentence]) {
          const shown = shorten(text, fits(most, unit));
          expect(textLength(shown, unit)).toBeLessThanOrEqual(most);
          if (shown === '' || shown === text) continue;
          expect(shown).toMatch(whole);
          const start = text.startsWith(shown) ? shown : shown.slice(0, -1);
          expect(text.startsWith(start)).toBe(true);
          let at = 0;
          const ends = new Set(graphemesOf(text).map((one) => (at += one.length)));
          expect(ends).toContain(start.length);
          expect(start).not.toMatch(/[\s([{“「]$/u);
          expect(`${start.slice(-1)}${text[start.length] ?? ''}`).not.toMatch(/\d\d/);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('keeps a number with what it counts, and a title with its name', () => {
    const facts = fc.constantFrom(
      '1.484 tỷ đồng',
      '300 hộ',
      'TS. Lê An',
      'TP. Huế',
      '$ 5',
      'số 9',
      '3,5 million crowns',
    );
    const fillers = (minLength: number) =>
      fc.array(fc.constantFrom('xe', 'qua', 'bản', 'chạy', 'mãi'), { minLength, maxLength: 12 });
    // Behind few words half of the room would stay empty: there the words go as far as they fit.
    const enough = fillers(8);
    fc.assert(
      fc.property(enough, facts, fillers(2), fc.integer({ min: 24, max: 90 }), (before, fact, after, most) => {
        const text = [...before, fact, ...after].join(' ');
        const shown = cutSentence(text, fits(most));
        fc.pre(shown !== '' && shown !== text);
        const inside = shown.length - 1 - before.join(' ').length - 1;
        expect(inside <= 0 || inside >= fact.length).toBe(true);
      }),
    );
  });
});
