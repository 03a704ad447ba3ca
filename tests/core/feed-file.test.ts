import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type FeedFile, parseFeedFile } from '#src/core/feed-file.ts';

const file: FeedFile = {
  etag: 'W/"abc"',
  lastModified: null,
  contentType: 'application/rss+xml; charset=utf-8',
  blob: 'abc',
  previousBlob: null,
  bytes: 12,
  entries: 0,
};

test('a pointer reads as it was written', () => {
  expect(parseFeedFile(JSON.stringify(file))).toEqual(file);
});

test.each(['', '{', 'null', '[]', '{}', '"a"', JSON.stringify({ ...file, etag: null })])('%s is no pointer', (text) => {
  expect(parseFeedFile(text)).toBeNull();
});

test('a pointer that was cut off is none', () => {
  const text = JSON.stringify(file);
  fc.assert(fc.property(fc.nat(text.length - 1), (end) => parseFeedFile(text.slice(0, end)) === null));
});
