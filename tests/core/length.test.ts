import { describe, expect, it } from 'vitest';
import { fitsLength, postLength, startOf, textLength } from '#src/core/length.ts';
import type { PostLimits, Segment } from '#src/core/post.ts';

describe('a text counts', () => {
  it.each([
    ['Sáng 29/11, UBND tỉnh Gia Lai tổ chức hội nghị', 51],
    ['Việt Nam', 9],
    ['ă â đ ê ô ơ ư á à é ò', 21],
    ['ạ ả ấ ế ộ ợ ữ', 20],
    ['…•€₫', 8],
    ['“ ” ‘ ’ – —', 11],
    ['東京', 4],
    ['👩‍👩‍👧‍👦🇻🇳👍🏽🏳️‍🌈1️⃣🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}', 12],
    ['©', 1],
    ['\u200B', 1],
  ])('%s as X weighs it: %i', (text, weight) => {
    expect(textLength(text, 'weighted')).toBe(weight);
    expect(textLength(text.normalize('NFD'), 'weighted')).toBe(weight);
  });

  it('in each unit what its service means by it', () => {
    const text = 'Đắk Lắk đón mưa 🌧 👨‍👩‍👧';
    expect(textLength(text, 'graphemes')).toBe(19);
    expect(textLength(text, 'code points')).toBe(23);
    expect(textLength(text, 'utf-16 units')).toBe(27);
    expect(textLength(text, 'utf-8 bytes')).toBe(47);
  });
});

describe('a post', () => {
  const link: Segment = { kind: 'link', text: 'https://bao.example/rat-dai', url: 'https://bao.example/rat-dai' };
  const limits: PostLimits = { length: 40, unit: 'graphemes', linkLength: null, photos: 4, altLength: null };

  it('counts a link as the service does', () => {
    const segments: Segment[] = [{ kind: 'text', text: 'Tin: ' }, link];
    expect(postLength(segments, limits)).toBe(32);
    expect(postLength(segments, { ...limits, linkLength: 23 })).toBe(28);
  });

  it('must fit every measure there is', () => {
    const segments: Segment[] = [{ kind: 'text', text: '👨‍👩‍👧'.repeat(10) }];
    expect(fitsLength(segments, limits)).toBe(true);
    expect(fitsLength(segments, { ...limits, also: { length: 180, unit: 'utf-8 bytes' } })).toBe(true);
    expect(fitsLength(segments, { ...limits, also: { length: 179, unit: 'utf-8 bytes' } })).toBe(false);
    expect(fitsLength(segments, { ...limits, length: 9 })).toBe(false);
  });
});

it('a start is whole characters', () => {
  expect(startOf('👨‍👩‍👧👨‍👩‍👧ab', 1)).toBe('👨‍👩‍👧');
  expect(startOf('ab', 5)).toBe('ab');
  expect(startOf('a\u0301b', 1)).toBe('a\u0301');
});
