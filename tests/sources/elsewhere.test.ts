import { expect, test } from 'vitest';
import { elsewhere } from '#src/sources/elsewhere.ts';

test('another page than the cursor’s is another place, another spelling of the same one is none', () => {
  const cursor = { url: 'http://www.bao.example/rss/tin-moi/' };
  expect(elsewhere(cursor, 'https://bao.example/rss/the-thao')).toEqual({ anew: true });
  expect(elsewhere(cursor, 'https://bao.example/rss/tin-moi')).toEqual({});
  expect(elsewhere(cursor, cursor.url)).toEqual({});
  expect(elsewhere(null, cursor.url)).toEqual({});
  expect(elsewhere({}, cursor.url)).toEqual({});
});
