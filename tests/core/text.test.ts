import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsSentence, isCapitals, textBlocks, tidy, titleCase } from '#src/core/text.ts';

const trouble = fc.constantFrom(
  'a',
  'ế',
  'e\u0302',
  '\u0301',
  ' ',
  '\u00a0',
  '\n',
  '\u200B',
  'น้',
  '\uFEFF',
  '\uD83D',
  '👩‍🌾',
  '\u200D',
  '\u200C',
  '\u0000',
);

describe('tidy', () => {
  it('composes letters and closes up spaces', () => {
    expect(tidy('  Lạng\u00a0\n Giang '.normalize('NFD'))).toBe('Lạng Giang');
  });

  it('drops invisible leftovers but keeps what joins emoji, Persian and Thai', () => {
    expect(tidy('\uFEFFmột\u200Bhai\u0007')).toBe('mộthai');
    expect(tidy('👩‍🌾 می‌رود ตลาด\u200Bน้ำ')).toBe('👩‍🌾 می‌رود ตลาด\u200Bน้ำ');
    expect(tidy('क्\u200Dष അവന്\u200D 🧑🏽\u200D🚒')).toBe('क्\u200Dष അവന്\u200D 🧑🏽\u200D🚒');
    expect(tidy('Tin\u200D \u200Cmới\u200D\u200D, 5\u200D')).toBe('Tin mới, 5');
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(fc.string({ unit: trouble }), (text) => {
        expect(tidy(tidy(text))).toBe(tidy(text));
      }),
    );
  });
});

it('textBlocks parts a text at blank lines', () => {
  expect(textBlocks('một\r\nhai\r\n \r\n\r\nba\u2028bốn')).toEqual([
    ['một', 'hai'],
    ['ba', 'bốn'],
  ]);
});

it('titleCase knows letters with marks and names with hyphens and apostrophes', () => {
  expect(titleCase('ĐỖ THỊ ÁNH-TUYẾT')).toBe('Đỗ Thị Ánh-Tuyết');
  expect(titleCase('O’ROURKE')).toBe('O’Rourke');
});

it('isCapitals is false without capitals', () => {
  expect([isCapitals('ĐỨC'), isCapitals('Đức'), isCapitals('山田'), isCapitals('12')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

it('endsSentence sees through quotes and brackets, in any script', () => {
  for (const text of ['Xong.', 'Xong.”', 'Xong!)', '終わった。', 'تم؟', 'còn nữa…', 'ចប់។', 'ចប់៕', 'ተፈጸመ።'])
    expect(endsSentence(text)).toBe(true);
  expect(endsSentence('Xong')).toBe(false);
});
