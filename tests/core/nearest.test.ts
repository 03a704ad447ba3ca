import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '#src/core/nearest.ts';

test('a slip of the keys finds the word that was meant', () => {
  expect(nearest('chanels', ['sources', 'channels', 'feeds'])).toBe('channels');
  expect(nearest('baseURL', ['baseUrl', 'accessToken'])).toBe('baseUrl');
  expect(nearest('tset', ['test', 'list'])).toBe('test');
});

test('what is like nothing finds nothing', () => {
  expect(nearest('xylophone', ['sources', 'channels'])).toBeNull();
  expect(nearest('', [])).toBeNull();
});

test('a word finds itself among any others', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 20 }), fc.array(fc.string({ maxLength: 20 })), (word, words) => {
      expect(nearest(word, [...words, word])?.toLowerCase()).toBe(word.toLowerCase());
    }),
  );
});
