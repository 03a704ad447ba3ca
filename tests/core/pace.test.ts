import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterQuiet, nextAllowed, wakingTime } from '#src/core/pace.ts';
import type { PaceSettings } from '#src/core/settings.ts';

const zone = 'Asia/Ho_Chi_Minh';
const minute = 60_000;
const hour = 60 * minute;
const night = { from: 22 * 60, to: 6 * 60 };
const pace: PaceSettings = { settle: 0, gap: 0, perHour: null, quiet: null, maxAge: 6 * hour, maxAgeTotal: 24 * hour };
const none = { last: null, count: 0 };
const at = (text: string) => Date.parse(text);

describe('quiet hours', () => {
  it('end in the morning of the newsroom, over midnight', () => {
    const morning = at('2026-11-26T06:00:00+07:00');
    expect(afterQuiet(at('2026-11-25T22:00:00+07:00'), night, zone)).toBe(morning);
    expect(afterQuiet(at('2026-11-25T23:59:00+07:00'), night, zone)).toBe(morning);
    expect(afterQuiet(at('2026-11-26T00:01:00+07:00'), night, zone)).toBe(morning);
    expect(afterQuiet(at('2026-11-26T05:59:59.999+07:00'), night, zone)).toBe(morning);
  });

  it('do not touch the day', () => {
    for (const time of ['06:00:00', '12:00:00', '21:59:59']) {
      const day = at(`2026-11-25T${time}+07:00`);
      expect(afterQuiet(day, night, zone)).toBe(day);
    }
  });

  it('may lie within one day', () => {
    const noon = { from: 12 * 60, to: 13 * 60 + 30 };
    expect(afterQuiet(at('2026-11-25T12:10:00+07:00'), noon, zone)).toBe(at('2026-11-25T13:30:00+07:00'));
    expect(afterQuiet(at('2026-11-25T23:00:00+07:00'), noon, zone)).toBe(at('2026-11-25T23:00:00+07:00'));
  });

  it('keep to the wall clock when clocks change', () => {
    // In Berlin the night of 28 March 2027 has an hour less.
    expect(afterQuiet(at('2027-03-27T23:00:00+01:00'), night, 'Europe/Berlin')).toBe(at('2027-03-28T06:00:00+02:00'));
  });

  it('are not counted as waiting', () => {
    const [evening, morning] = [at('2026-11-25T21:00:00+07:00'), at('2026-11-26T07:00:00+07:00')];
    expect(wakingTime(evening, morning, night, zone)).toBe(2 * hour);
    expect(wakingTime(evening, morning, null, zone)).toBe(10 * hour);
    expect(wakingTime(evening, morning + 48 * hour, night, zone)).toBe(2 * hour + 32 * hour);
  });

  it('never hold a post for longer than they last, whatever the zone', () => {
    const zones = fc.constantFrom('Asia/Ho_Chi_Minh', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Chatham', 'UTC');
    const minutes = fc.integer({ min: 0, max: 1439 });
    const times = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
    fc.assert(
      fc.property(times, minutes, minutes, zones, (now, from, to, where) => {
        const until = afterQuiet(now, { from, to }, where);
        expect(until).toBeGreaterThanOrEqual(now);
        expect(until - now).toBeLessThanOrEqual(25 * hour);
        expect(afterQuiet(until, { from, to }, where)).toBe(until);
        expect(wakingTime(now, until, { from, to }, where)).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the next post', () => {
  const now = at('2026-11-25T12:00:00+07:00');

  it('goes at once where nothing says otherwise', () => {
    expect(nextAllowed(now, pace, zone, none)).toBe(now);
  });

  it('waits for the gap after the last one', () => {
    expect(nextAllowed(now, { ...pace, gap: 5 * minute }, zone, { last: now - minute, count: 1 })).toBe(
      now + 4 * minute,
    );
  });

  it('waits when the hour is full', () => {
    expect(nextAllowed(now, { ...pace, perHour: 10 }, zone, { last: now - hour, count: 10 })).toBe(now + 6 * minute);
    expect(nextAllowed(now, { ...pace, perHour: 10 }, zone, { last: now - hour, count: 9 })).toBe(now);
  });

  it('is put off to the morning when its gap ends at night', () => {
    const evening = at('2026-11-25T21:58:00+07:00');
    const settings = { ...pace, gap: 5 * minute, quiet: night };
    expect(nextAllowed(evening, settings, zone, { last: evening, count: 1 })).toBe(at('2026-11-26T06:00:00+07:00'));
  });
});
