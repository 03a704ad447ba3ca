import { expect, it } from 'vitest';
import { plainTitle } from '#src/markup/plain-title.ts';

it.each([
  ['Cầu <em>mới</em>', 'Cầu mới'],
  ['a < b &amp; c', 'a < b & c'],
  ['Chợ &amp;#8220;đêm&amp;#8221;', 'Chợ “đêm”'],
])('reads %s', (html, text) => {
  expect(plainTitle(html)).toBe(text);
});

it('takes no longer for one that means harm', () => {
  const begun = performance.now();
  plainTitle('<a '.repeat(100_000));
  expect(performance.now() - begun).toBeLessThan(1000);
});
