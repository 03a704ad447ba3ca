import { describe, expect, test } from 'vitest';
import { isMap, isScalar, parseDocument, type Scalar } from 'yaml';
import { placeInScalar } from '#config/place-in-scalar.ts';

/** Line and column of `@` in the file, found by where `@` stands in the value. */
function placeOfMark(source: string): string {
  const { contents } = parseDocument(source);
  const scalar = (isMap(contents) ? contents.items[0]!.value : contents) as Scalar;
  expect(isScalar(scalar)).toBe(true);
  const at = placeInScalar(source, scalar, String(scalar.value).indexOf('@'));
  const before = source.slice(0, at).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1} ${source[at]}`;
}

describe('a character of a text’s value stands in the file', () => {
  test.each([
    ['plain', 'key: tin mới @', '1:14 @'],
    ['plain over lines', 'key: tin mới \n  và cũ\n\n  rồi @', '4:7 @'],
    ['in double quotes, after escapes', 'key: "a\\n\\"b\\"\\u0111\\U0001F600 @"', '1:32 @'],
    ['in double quotes over lines', 'key: "một \\\n  hai\n\n  ba @"', '4:6 @'],
    ['in single quotes', "key: 'it''s @'", '1:13 @'],
    ['in a literal block', 'key: |\n  một\n\n    thụt @\n  ba\n', '4:10 @'],
    ['in a literal block that keeps its end', 'key: |+ # note\n    một\n    @\n\n', '3:5 @'],
    ['in a folded block', 'key: >-\n  một\n  hai\n\n  ba @\n', '5:6 @'],
    ['in a file with CRLF', 'key: |\r\n  một\r\n  hai @\r\n', '3:7 @'],
  ])('%s', (_name, source, place) => {
    expect(placeOfMark(source)).toBe(place);
  });
});
