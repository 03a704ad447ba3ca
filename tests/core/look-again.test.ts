import { expect, test } from 'vitest';
import { isPageAlone, nextLook } from '#src/core/look-again.ts';

const minute = 60_000;
const readAt = Date.UTC(2026, 10, 26, 3);

test('a page is looked at six times within a day, most often in its first hour', () => {
  const looks: number[] = [];
  for (let at = nextLook(readAt, readAt); at !== null; at = nextLook(readAt, at)) looks.push((at - readAt) / minute);
  expect(looks).toEqual([5, 15, 60, 180, 480, 1440]);
});

test('looks that were missed are not made up for one by one', () => {
  expect(nextLook(readAt, readAt + 100 * minute)).toBe(readAt + 180 * minute);
  expect(nextLook(readAt, readAt + 3000 * minute)).toBeNull();
});

test('what its source gives in full tells its edits itself', () => {
  const page = { kind: 'page' as const, url: 'https://bao.example/1', html: '<p>Tin</p>' };
  expect(isPageAlone({ ...page, hints: {} })).toBe(true);
  expect(isPageAlone({ ...page, hints: { bodyHtml: '<p>Tin</p>' } })).toBe(false);
  expect(isPageAlone({ kind: 'text', text: 'Tin', hints: {} })).toBe(false);
});
