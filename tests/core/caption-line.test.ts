import { expect, test } from 'vitest';
import { captionLine } from '#src/core/caption-line.ts';

test.each([
  ['Người dân qua cầu', 'Thu An', 'Người dân qua cầu (Thu An)'],
  ['Người dân qua cầu. Ảnh: Thu An', 'Thu An', 'Người dân qua cầu. Ảnh: Thu An'],
  ['Người dân qua cầu', null, 'Người dân qua cầu'],
  [null, 'Thu An', 'Thu An'],
  [null, null, ''],
])('%s and %s are printed as “%s”', (caption, credit, line) => {
  expect(captionLine({ caption, credit })).toBe(line);
});
