import { describe, expect, it } from 'vitest';
import { hashtag, hashtagsOf } from '#src/core/hashtag.ts';

describe('a folded hashtag', () => {
  it.each([
    ['Đắk Lắk', 'vi', '#DakLak'],
    ['thời sự', 'vi', '#ThoiSu'],
    ['Ẩm thực'.normalize('NFD'), 'vi', '#AmThuc'],
    ['Grüße', 'de', '#Gruesse'],
    ['København', 'da', '#Koebenhavn'],
    ['Łódź', 'pl', '#Lodz'],
    ['İstanbul ışık', 'tr', '#IstanbulIsik'],
    ['cœur', 'fr', '#coeur'],
    ['ที่เมืองไทย', 'th', '#ที่เมืองไทย'],
    ['東京', 'ja', '#東京'],
    ['हिन्दी', 'hi', '#हिन्दी'],
    ['йод', 'ru', '#йод'],
  ])('of %s (%s) is %s', (tag, language, made) => {
    expect(hashtag(tag, { language, isFolded: true })).toBe(made);
  });

  it('is there once, however its letters were marked', () => {
    expect(hashtagsOf(['Gia Lai', 'gia lài', 'GIA LAI'], 5, { language: 'vi', isFolded: true })).toEqual(['#GiaLai']);
  });
});

describe('a hashtag', () => {
  it.each([
    ['chuyển đổi số', '#ChuyểnĐổiSố'],
    ['AI', '#AI'],
    ['C++', null],
    ['#X', null],
    ['X', '#X'],
    ['2026', null],
    ['#đã có', '#ĐãCó'],
    ['<b>đậm</b>', '#BĐậmB'],
    ['@everyone', '#everyone'],
    ['tin\r\nnóng', '#TinNóng'],
    ['don’t stop', '#DontStop'],
    ["Women's World Cup", '#WomensWorldCup'],
    ['l’État', '#LÉtat'],
    ['🔥', null],
    ['một câu rất dài '.repeat(20), null],
  ])('of %s is %s', (tag, made) => {
    expect(hashtag(tag)).toBe(made);
  });
});
