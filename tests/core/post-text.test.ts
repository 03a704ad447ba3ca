import { describe, expect, it } from 'vitest';
import { oneLine, safeText } from '#src/core/post-text.ts';

describe('a text for a post', () => {
  it.each([
    ['bidi controls', 'Tin \u202Egpj.exe\u202C nóng \u2066a\u2069', 'Tin gpj.exe nóng a'],
    ['what nobody sees', 'a\u200B\u3164\u115F\u034F\u00AD\uFEFFb', 'ab'],
    ['letters made of tags', 'hi\u{E0049}\u{E0067}n', 'hin'],
    ['a lone half of a pair', 'a \uD83D b', 'a \uFFFD b'],
    ['controls', 'a\u0000\u0007\u001Bb', 'ab'],
    ['joiners that join nothing', 'a\u200Db \u200Cc', 'ab c'],
  ])('loses %s', (_name, text, safe) => {
    expect(safeText(text)).toBe(safe);
  });

  it.each([
    'می‌خواهم',
    '👩‍👩‍👧‍👦 🏳️‍🌈 👍🏽 🇻🇳',
    '🏴\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}',
    'ក្រុមស្ត្រី',
    'हिन्दी क्ष्म्य',
    'བསྒྲུབས',
    '葛\u{E0100}',
    'שָׁלוֹם',
    'Đắk Lắk, Nguyễn Thị Ánh Nguyệt',
  ])('keeps what its script needs: %s', (text) => {
    expect(safeText(text)).toBe(text.normalize('NFC'));
  });

  it('keeps no tower of marks', () => {
    expect([...safeText(`Z${'\u0351\u036B\u0343'.repeat(20)}a`)]).toHaveLength(5);
    expect([...safeText(`e${'\u0301'.repeat(1000)}`)].length).toBeLessThanOrEqual(4);
  });

  it('is one line, whatever breaks it', () => {
    expect(oneLine('a\r\nb\rc\u2028d\u0085e\n\n f')).toBe('a b c d e f');
  });
});
