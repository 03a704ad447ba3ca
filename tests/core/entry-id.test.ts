import { expect, test } from 'vitest';
import { entryId } from '#src/core/entry-id.ts';

test('an entry id is a tag URI of the site, the day and the article', () => {
  expect(entryId('https://Bao.Example/tin', 'k3x', Date.UTC(2026, 10, 25))).toBe(
    'tag:bao.example,2026-11-25:article/k3x',
  );
});

test('a host outside ASCII stands in its ASCII form', () => {
  expect(entryId('https://báo.example', 'k3x', 0)).toBe('tag:xn--bo-mia.example,1970-01-01:article/k3x');
});
