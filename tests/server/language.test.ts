import { expect, test } from 'vitest';
import { acceptedLanguages } from '#src/server/language.ts';

test.each([
  ['vi-VN,vi;q=0.9,en-US;q=0.8,en;q=0.7', ['vi-vn', 'vi', 'en-us', 'en']],
  ['en;q=0.5, vi', ['vi', 'en']],
  ['fr, en;q=0, *;q=0.1', ['fr']],
  ['en;q=nonsense, vi;Q=0.2', ['vi']],
  ['<script>, ,;', []],
  [undefined, []],
])('a browser that says %s wants %j', (header, languages) => {
  expect(acceptedLanguages(header)).toEqual(languages);
});
