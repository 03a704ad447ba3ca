import { expect, it } from 'vitest';
import { hubRetry, hubVerifies, leaseOf } from '#src/core/hub-times.ts';

const now = Date.UTC(2026, 10, 26, 4);
const hour = 3_600_000;
const day = 24 * hour;

it.each([
  ['864000', 10 * day],
  ['60', 60_000],
  ['0', 10 * day],
  ['-5', 10 * day],
  ['mãi mãi', 10 * day],
  [undefined, 10 * day],
  [['60', '70'], 10 * day],
  ['999999999999', 365 * day],
])('a lease of %j seconds is renewed at four fifths', (seconds, lease) => {
  expect(leaseOf(seconds, now)).toEqual({ leaseUntil: now + lease, nextAt: now + lease * 0.8 });
});

it('a hub that fails is asked later and later, six hours apart at most, and never before it says', () => {
  const waits = Array.from({ length: 30 }, (_, n) => hubRetry(n + 1, now, null, 0.5) - now);
  expect(waits[0]).toBe(5000);
  expect(waits).toEqual(waits.toSorted((a, b) => a - b));
  expect(waits.at(-1)).toBe(6 * hour);
  expect(hubRetry(1, now, now + 2 * hour, 0)).toBe(now + 2 * hour);
  expect(hubVerifies(0, now) - now).toBe(600_000);
  expect(hubVerifies(50, now) - now).toBe(6 * hour);
});
