import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { breakMentions } from '#src/core/mention.ts';

const shown = (text: string) => breakMentions(text).replaceAll('\u200B', '¦');

describe('a mention', () => {
  it.each([
    ['@everyone và @here', '@¦everyone và @¦here'],
    ['Liên hệ @phóngviên, (@b)', 'Liên hệ @¦phóngviên, (@¦b)'],
    ['＠tên ﹫x', '＠¦tên ﹫¦x'],
    ['<@123> <@&45> <@!6>', '<@¦123> <@¦&45> <@¦!6>'],
    ['tin@everyone', 'tin@¦everyone'],
    ['@anna@bao.example', '@¦anna@bao.example'],
  ])('in %s is broken', (text, broken) => {
    expect(shown(text)).toBe(broken);
  });

  it.each([
    'toasoan@bao.example',
    'a.b+c@tin.bao.example,',
    'https://mastodon.example/@anna và bao.example/@anna/7',
    'giá 5 @ 3 đồng, hết @',
    '@ everyone',
  ])('is not in %s', (text) => {
    expect(shown(text)).toBe(text);
  });

  it('once broken stays as it is', () => {
    const pieces = fc.constantFrom('@', 'a', 'đ', '.', ' ', 'bao.example', '/', 'https://', '&', '<', '＠', '\u200B');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const broken = breakMentions(parts.join(''));
        expect(breakMentions(broken)).toBe(broken);
        expect(broken.replaceAll('\u200B', '')).toBe(parts.join('').replaceAll('\u200B', ''));
      }),
    );
  });

  it('is looked for once in a text without end', () => {
    const started = performance.now();
    for (const text of ['a'.repeat(500_000), 'a.'.repeat(250_000), '@a'.repeat(250_000), 'a-'.repeat(250_000)])
      breakMentions(text);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
