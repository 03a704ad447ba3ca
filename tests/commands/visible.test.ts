import { expect, test } from 'vitest';
import { visible } from '#src/commands/visible.ts';

test('a terminal shows what it would obey', () => {
  expect(visible('Tin\u001b]0;x\u0007 \u009b31m\u202e\r\u007f')).toBe(
    'Tin\\u001b]0;x\\u0007 \\u009b31m\\u202e\\u000d\\u007f',
  );
});

test('text in any script stays as it is, with its lines and tabs', () => {
  const text = 'Cầu số 8\n\tสะพาน جسر\u200f\u200d 橋 🌧️ e\u0301';
  expect(visible(text)).toBe(text);
});

test('JSON says the same', () => {
  const value = { title: 'a\u009b\u202e\u001b\u007f"\\' };
  expect(JSON.parse(visible(JSON.stringify(value)))).toEqual(value);
});
