/** When a channel may be posted to: quiet hours in the newsroom's zone, a gap between posts, so many an hour. */
import type { PaceSettings } from '#src/core/settings.ts';

const minute = 60_000;
const hour = 60 * minute;

/** The reason of what waits for gap, hourly limit or quiet hours. */
export const waitsForPace = "waits for the channel's pace or the end of its quiet hours";

/** What was sent on the channel lately. */
export interface Traffic {
  last: number | null;
  /** In the hour before now. */
  count: number;
}

/** The earliest time from `at` on that the pace allows a post; `at` itself when it may go. Milliseconds. */
export function nextAllowed(at: number, pace: PaceSettings, zone: string, traffic: Traffic): number {
  const afterGap = traffic.last === null ? at : Math.max(at, traffic.last + pace.gap);
  const full = pace.perHour !== null && traffic.count >= pace.perHour;
  // Posts leave the last hour one by one, on average this far apart; then it is asked again.
  const afterRate = full ? Math.max(afterGap, at + Math.ceil(hour / Math.max(pace.perHour ?? 1, 1))) : afterGap;
  return afterQuiet(afterRate, pace.quiet, zone);
}

/** `at`, or the end of the quiet hours that it falls into. */
export function afterQuiet(at: number, quiet: PaceSettings['quiet'], zone: string): number {
  const spell = quietSpells(at, at + 1, quiet, zone).find(({ from, to }) => from <= at && at < to);
  return spell ? spell.to : at;
}

/** How much of the time between `from` and `to` was not quiet: quiet hours do not age a post. */
export function wakingTime(from: number, to: number, quiet: PaceSettings['quiet'], zone: string): number {
  if (to <= from) return to - from;
  const asleep = quietSpells(from, to, quiet, zone).map((spell) => Math.min(spell.to, to) - Math.max(spell.from, from));
  return asleep.reduce((left, part) => left - Math.max(part, 0), to - from);
}

/** The quiet spells of the days around; a day's spell ends on the next day when it runs over midnight. */
function quietSpells(from: number, to: number, quiet: PaceSettings['quiet'], zone: string) {
  if (!quiet || quiet.from === quiet.to) return [];
  const last = dayOf(to, zone);
  const spells: { from: number; to: number }[] = [];
  // A row that waited for weeks is past every age limit: no need to count its nights one by one for ever.
  let day = dayOf(Math.max(from, to - 31 * 24 * hour), zone).subtract({ days: 1 });
  for (; Temporal.PlainDate.compare(day, last) <= 0; day = day.add({ days: 1 })) {
    const end = quiet.to > quiet.from ? day : day.add({ days: 1 });
    spells.push({ from: instantOf(day, quiet.from, zone), to: instantOf(end, quiet.to, zone) });
  }
  return spells;
}

function dayOf(at: number, zone: string): Temporal.PlainDate {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).toPlainDate();
}

/** Wall-clock time, so that a change of clocks moves neither edge. */
function instantOf(day: Temporal.PlainDate, minutes: number, zone: string): number {
  const time = Temporal.PlainTime.from({ hour: Math.floor(minutes / 60) % 24, minute: minutes % 60 });
  return day.toZonedDateTime({ timeZone: zone, plainTime: time }).epochMilliseconds;
}
