import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cacheLife } from '#src/core/cache-life.ts';
import { chanceOf } from '#src/core/chance.ts';
import {
  adaptiveInterval,
  intervalBesideHub,
  nextPoll,
  nextPollAfterFailure,
  type PollFacts,
  pollInterval,
  readingRetry,
  rhythmOf,
} from '#src/core/poll-interval.ts';

const now = Date.UTC(2026, 10, 25, 3);
const minute = 60_000;
const hour = 60 * minute;
const zone = 'Asia/Ho_Chi_Minh';

test('a source is polled at the interval the operator gave, else at that of its kind', () => {
  expect(pollInterval(30_000, { pollEvery: 2000 })).toBe(30_000);
  expect(pollInterval('auto', { pollEvery: 2000 })).toBe(2000);
  expect(pollInterval('auto', {})).toBe(2 * minute);
  expect(nextPoll(2 * minute, now, null)).toBe(now + 2 * minute);
});

test('the other side may ask for a later time, but never for more than six hours', () => {
  expect(nextPoll(minute, now, now + 10 * minute)).toBe(now + 10 * minute);
  expect(nextPoll(minute, now, now + 1000 * hour)).toBe(now + 6 * hour);
  expect(nextPoll(minute, now, now - minute)).toBe(now + minute);
});

describe('after a failure', () => {
  const waited = (failures: number, more = {}) =>
    nextPollAfterFailure(minute, now, failures, { notBefore: null, own: false, chance: 0.5, ...more }) - now;

  test('the wait doubles up to six hours, for the newsroom’s own to a quarter of one', () => {
    expect([0, 3, 5000].map((failures) => waited(failures))).toEqual([minute, 8 * minute, 6 * hour]);
    expect([0, 3, 5000].map((failures) => waited(failures, { own: true }))).toEqual([minute, 8 * minute, 15 * minute]);
  });

  test('it differs by a fifth, so that those that failed together do not come back together', () => {
    expect(waited(0, { chance: 0 })).toBe(0.8 * minute);
    expect(waited(0, { chance: 0.999 })).toBeCloseTo(1.2 * minute, -3);
  });

  test('it lasts as long as the other side asks for, up to a day', () => {
    expect(waited(0, { notBefore: now + hour })).toBe(hour);
    expect(waited(0, { notBefore: now + 100 * hour })).toBe(24 * hour);
  });
});

test('an article that cannot be read is tried five more times and then left out', () => {
  const tries = [1, 2, 3, 4, 5, 6].map((attempts) => readingRetry(attempts, now));
  expect(tries[0]).toBe(now + 10_000);
  expect(tries[5]).toBeNull();
  expect(tries.slice(0, 5)).not.toContain(null);
});

test('beside a hub a poll comes every half hour to hour', () => {
  expect([intervalBesideHub(0), intervalBesideHub(0.5)]).toEqual([30 * minute, 45 * minute]);
});

describe('a rhythm', () => {
  test('is the median gap of the last twenty items, and the hours with twice their share', () => {
    const every = (gap: number, count: number) => Array.from({ length: count }, (_, n) => now - n * gap);
    expect(rhythmOf(every(20 * minute, 40), zone, now).gap).toBe(20 * minute);
    expect(rhythmOf([now, now - minute, now - 3 * minute], zone, now).gap).toBe(1.5 * minute);
    // 10:00 in Việt Nam, day after day.
    expect(rhythmOf(every(24 * hour, 12), zone, now).busyHours).toEqual([10]);
    expect(rhythmOf(every(24 * hour, 9), zone, now).busyHours).toEqual([]);
  });

  test('is unknown without items, and dates to come are no items', () => {
    expect(rhythmOf([], zone, now)).toEqual({ gap: null, busyHours: [] });
    expect(rhythmOf([now + hour, now], zone, now).gap).toBeNull();
  });
});

describe('the next look', () => {
  const facts: PollFacts = {
    gap: 40 * minute,
    busyHours: [],
    own: false,
    atLeast: 0,
    skipHours: [],
    skipDays: [],
    zone,
    now,
    chance: 0.5,
  };
  const wait = (more: Partial<PollFacts> = {}) => adaptiveInterval({ ...facts, ...more });

  test('comes after a quarter of the usual gap', () => {
    expect(wait()).toBe(10 * minute);
    expect(wait({ gap: 10 * 24 * hour })).toBe(60 * minute);
    expect(wait({ gap: 1000 })).toBe(2 * minute);
    expect(wait({ gap: 1000, own: true })).toBe(minute / 2);
    expect(wait({ gap: null })).toBe(2 * minute);
  });

  test('comes sooner in busy hours and later at night', () => {
    expect(wait({ busyHours: [10] })).toBe(5 * minute);
    // 02:00 in Việt Nam.
    expect(wait({ now: now - 8 * hour })).toBe(40 * minute);
    expect(wait({ now: now - 8 * hour, busyHours: [2] })).toBe(5 * minute);
  });

  test('never comes sooner than the publisher asks for, as far as that is to be believed', () => {
    expect(wait({ atLeast: 30 * minute })).toBe(30 * minute);
    expect(wait({ atLeast: 3 * hour })).toBe(3 * hour);
    expect(wait({ atLeast: 3 * hour, own: true })).toBe(hour);
    expect(wait({ atLeast: 16 * 365 * 24 * hour })).toBe(5 * hour);
  });

  test('leaves out the hours and days in which nothing appears', () => {
    expect(wait({ skipHours: [3, 4] })).toBe(2 * hour);
    // 25 November 2026 is a Wednesday.
    expect(wait({ skipDays: [3] })).toBe(21 * hour);
    expect(wait({ skipDays: [0, 1, 2, 3, 4, 5, 6] })).toBe(10 * minute);
  });

  test('differs by a tenth', () => {
    expect(wait({ chance: 0 })).toBe(9 * minute);
    expect(wait({ chance: 0.999 })).toBeCloseTo(11 * minute, -3);
  });

  test('stays within its bounds whatever is known', () => {
    const any = fc.record({
      gap: fc.option(fc.double({ min: 0, max: 1e12, noNaN: true }), { nil: null }),
      busyHours: fc.array(fc.integer({ min: 0, max: 23 })),
      own: fc.boolean(),
      atLeast: fc.double({ min: 0, max: 1e13, noNaN: true }),
      now: fc.integer({ min: 0, max: 4e12 }),
      chance: fc.double({ min: 0, max: 0.9999, noNaN: true }),
      zone: fc.constantFrom(zone, 'UTC', 'America/St_Johns'),
    });
    fc.assert(
      fc.property(any, (some) => {
        const result = wait(some);
        expect(result).toBeGreaterThanOrEqual(some.own ? minute / 2 : 2 * minute);
        expect(result).toBeLessThanOrEqual(5.5 * hour);
        expect(result).toBeGreaterThanOrEqual(Math.min(some.atLeast, some.own ? hour : 5 * hour) - 1);
        expect(wait(some)).toBe(result);
      }),
    );
    fc.assert(
      fc.property(any, fc.array(fc.integer({ min: 0, max: 23 }), { maxLength: 23 }), (some, skipHours) => {
        const at = new Date(some.now + wait({ ...some, skipHours }));
        if (new Set(skipHours).size < 24) expect(skipHours).not.toContain(at.getUTCHours());
      }),
    );
  });
});

test('a chance is spread evenly and always the same', () => {
  expect(chanceOf('portal 1')).toBe(chanceOf('portal 1'));
  const many = Array.from({ length: 1000 }, (_, n) => chanceOf(`portal ${now + n * 1000}`));
  expect(many.every((chance) => chance >= 0 && chance < 1)).toBe(true);
  for (const part of [0, 0.25, 0.5, 0.75]) {
    expect(many.filter((chance) => chance >= part && chance < part + 0.25).length).toBeGreaterThan(180);
  }
});

test.each([
  [{}, 0],
  [{ 'cache-control': 'public, max-age=300' }, 300_000],
  [{ 'cache-control': 'max-age=300', age: '100' }, 200_000],
  [{ 'cache-control': 'no-cache, max-age=300' }, 0],
  [{ expires: new Date(now + 60_000).toUTCString() }, 60_000],
  [{ expires: '0' }, 0],
  [{ 'cache-control': 'max-age=30', expires: new Date(now + 60_000).toUTCString() }, 60_000],
])('%j says that the answer holds for %i ms', (headers, life) => {
  expect(cacheLife(headers as Record<string, string>, now)).toBe(life);
});
