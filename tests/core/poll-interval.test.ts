import { expect, test } from 'vitest';
import { nextPoll, nextPollAfterFailure, pollInterval, readingRetry } from '#src/core/poll-interval.ts';

const now = Date.UTC(2026, 10, 25);
const minute = 60_000;

test('a source is polled at the interval the operator gave, else at that of its kind', () => {
  expect(pollInterval(30_000, { pollEvery: 2000 })).toBe(30_000);
  expect(pollInterval('auto', { pollEvery: 2000 })).toBe(2000);
  expect(pollInterval('auto', {})).toBe(2 * minute);
  expect(nextPoll(2 * minute, now, null)).toBe(now + 2 * minute);
});

test('the other side may ask for a later time, but never for more than six hours', () => {
  expect(nextPoll(minute, now, now + 10 * minute)).toBe(now + 10 * minute);
  expect(nextPoll(minute, now, now + 1000 * 60 * minute)).toBe(now + 6 * 60 * minute);
  expect(nextPoll(minute, now, now - minute)).toBe(now + minute);
});

test('failures double the wait up to six hours', () => {
  expect(nextPollAfterFailure(minute, now, 0, null)).toBe(now + minute);
  expect(nextPollAfterFailure(minute, now, 3, null)).toBe(now + 8 * minute);
  expect(nextPollAfterFailure(minute, now, 5000, null)).toBe(now + 6 * 60 * minute);
});

test('an article that cannot be read is tried five more times and then left out', () => {
  const tries = [1, 2, 3, 4, 5, 6].map((attempts) => readingRetry(attempts, now));
  expect(tries[0]).toBe(now + 10_000);
  expect(tries[5]).toBeNull();
  expect(tries.slice(0, 5)).not.toContain(null);
});
