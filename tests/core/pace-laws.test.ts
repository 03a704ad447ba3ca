/** What holds of quiet hours, gap and hourly limit in every zone, on every day. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { afterQuiet, nextAllowed, wakingTime } from '#src/core/pace.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

// Clocks change at midnight in Santiago and Cairo, by half an hour on Lord Howe Island.
const zones = [
  'Asia/Ho_Chi_Minh',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'America/New_York',
  'America/Santiago',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Pacific/Apia',
];
const zone = fc.constantFrom(...zones);
const instant = fc.integer({ min: Date.UTC(2025, 11), max: Date.UTC(2027, 1) });
const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 });
const quiet = fc.record({ from: minutes, to: minutes }).filter(({ from, to }) => from !== to);

const local = (at: number, timeZone: string) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);

describe('quiet hours', () => {
  test('end once: what waited for their end may go then', () => {
    fc.assert(
      fc.property(instant, quiet, zone, (at, hours, where) => {
        const end = afterQuiet(at, hours, where);
        expect(end).toBeGreaterThanOrEqual(at);
        expect(end - at).toBeLessThanOrEqual(day + hour);
        expect(afterQuiet(end, hours, where)).toBe(end);
      }),
    );
  });

  test('are the newsroom’s, by its clock on the wall, also over midnight', () => {
    fc.assert(
      fc.property(instant, quiet, zone, (at, hours, where) => {
        const here = local(at, where);
        // Where the clocks change, an hour is there twice or not at all.
        const isPlain = [-1, 0, 1, 2].every((days) => here.add({ days }).startOfDay().hoursInDay === 24);
        fc.pre(isPlain);
        const now = here.hour * 60 + here.minute;
        const { from, to } = hours;
        const isQuiet = from < to ? now >= from && now < to : now >= from || now < to;
        expect(afterQuiet(at, hours, where) > at).toBe(isQuiet);
        if (!isQuiet) return;
        const end = local(afterQuiet(at, hours, where), where);
        expect(end.hour * 60 + end.minute).toBe(to);
      }),
    );
  });

  test('do not age: waking time adds up, and none passes in them', () => {
    const span = fc.integer({ min: 0, max: 10 * day });
    fc.assert(
      fc.property(instant, span, span, quiet, zone, (a, first, second, hours, where) => {
        const [b, c] = [a + first, a + first + second];
        const waking = (from: number, to: number) => wakingTime(from, to, hours, where);
        expect(waking(a, b) + waking(b, c)).toBe(waking(a, c));
        expect(waking(a, c)).toBeGreaterThanOrEqual(0);
        expect(waking(a, c)).toBeLessThanOrEqual(c - a);
        expect(waking(a, afterQuiet(a, hours, where))).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the pace', () => {
  test('never lets two posts closer together than the gap, nor one into the quiet hours, nor one too many an hour', () => {
    const { pace } = channelSettings('any');
    const setting = fc.record({
      gap: fc.integer({ min: 0, max: 2 * hour }),
      perHour: fc.option(fc.integer({ min: 1, max: 20 })),
      quiet: fc.option(quiet),
    });
    const waits = fc.array(fc.integer({ min: 0, max: hour }), { minLength: 5, maxLength: 40 });
    fc.assert(
      fc.property(instant, setting, zone, waits, (start, settings, where, pauses) => {
        const sent: number[] = [];
        let now = start;
        for (const pause of pauses) {
          now += pause;
          // As the guard asks: again when its time has come, until it may go.
          for (let asked = 0; ; asked++) {
            expect(asked).toBeLessThan(60);
            const count = sent.filter((at) => at >= now - hour).length;
            const until = nextAllowed(now, { ...pace, ...settings }, where, { last: sent.at(-1) ?? null, count });
            if (until === now) break;
            expect(until).toBeGreaterThan(now);
            now = until;
          }
          sent.push(now);
        }
        for (const [index, at] of sent.entries()) {
          if (index > 0) expect(at - sent[index - 1]!).toBeGreaterThanOrEqual(settings.gap);
          expect(afterQuiet(at, settings.quiet, where)).toBe(at);
          const inHour = sent.filter((other) => other >= at - hour && other <= at).length;
          expect(inHour).toBeLessThanOrEqual(settings.perHour ?? sent.length);
        }
      }),
      { numRuns: 60 },
    );
  });
});
