import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stripNul } from '#src/stores/postgres/strip-nul.ts';

test('plain text loses the character and keeps everything else', () => {
  expect(stripNul('Hà\0 Nội \0')).toBe('Hà Nội ');
  expect(stripNul('in a text, \\u0000 is six characters')).toBe('in a text, \\u0000 is six characters');
  expect(stripNul('[\\u0000 in words')).toBe('[\\u0000 in words');
});

test('lists go through, objects become JSON, and the rest stays as it is', () => {
  const bytes = Buffer.from([0, 1]);
  const date = new Date(0);
  expect(stripNul(['a\0', null, ['b\0']])).toEqual(['a', null, ['b']]);
  expect(stripNul({ a: 'x\0y' })).toBe('{"a":"xy"}');
  for (const same of [1, null, undefined, true, bytes, date]) expect(stripNul(same)).toBe(same);
});

test('JSON text means the same without the character, whatever its backslashes', () => {
  const part = fc.constantFrom('\0', '\\', 'u0000', '\\u0000', '"', 'ả', '\n', '0');
  const text = fc.array(part, { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (key, value) => {
      const clean = (s: string) => s.replaceAll('\0', '');
      const stripped = stripNul(JSON.stringify({ [`k${key}`]: [value] })) as string;
      expect(JSON.parse(stripped)).toEqual({ [`k${clean(key)}`]: [clean(value)] });
    }),
  );
});
