import { expect, test } from 'vitest';
import { z } from 'zod';
import { unknownKeys } from '#config/unknown-keys.ts';

test('what takes no keys at all says so of every one', () => {
  expect(unknownKeys(z.strictObject({}), { color: 'red' })).toEqual([{ path: ['color'], known: [] }]);
  expect(unknownKeys(z.object({ page: z.strictObject({}).optional() }), { page: { color: 'red' } })).toEqual([
    { path: ['page', 'color'], known: [] },
  ]);
});

test('what is open to any key knows no strangers', () => {
  expect(unknownKeys(z.looseObject({}), { color: 'red' })).toEqual([]);
  expect(unknownKeys(z.object({}), { color: 'red' })).toEqual([]);
});
