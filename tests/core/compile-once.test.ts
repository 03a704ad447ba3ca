import { expect, it } from 'vitest';
import { compileOnce } from '#src/core/compile-once.ts';

it('makes what equal rules need once', () => {
  let made = 0;
  const compiled = compileOnce((rules: { words: string[] }) => {
    made += 1;
    return rules.words.join('|');
  });
  expect(compiled({ words: ['a', 'b'] })).toBe('a|b');
  expect(compiled({ words: ['a', 'b'] })).toBe('a|b');
  expect(compiled({ words: ['c'] })).toBe('c');
  expect(made).toBe(2);
});
