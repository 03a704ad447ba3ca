import { expect, test } from 'vitest';
import { isWithdrawal } from '#src/core/withdrawal.ts';

const hour = 3_600_000;
const now = Date.UTC(2026, 10, 25);

test('three missing pages over the whole grace time are a withdrawal', () => {
  expect(isWithdrawal({ count: 3, since: now - 24 * hour }, 24 * hour, now)).toBe(true);
});

test('three within a minute, or two over days, are not', () => {
  expect(isWithdrawal({ count: 3, since: now - 60_000 }, 24 * hour, now)).toBe(false);
  expect(isWithdrawal({ count: 2, since: now - 72 * hour }, 24 * hour, now)).toBe(false);
});
