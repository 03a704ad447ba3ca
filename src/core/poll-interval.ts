/** When a source is looked at next. */
import { jittered } from '#src/core/backoff.ts';

const minute = 60_000;
const hour = 60 * minute;
const autoInterval = 2 * minute;
const longestWait = 6 * hour;
/** The newsroom's own feed is missed sooner than anybody else's. */
const longestWaitForOwn = 15 * minute;
const day = 24 * hour;
/** Ten years: others tell of changes. */
const never = 10 * 365 * day;

/** What the operator set, else what suits the kind of source. Milliseconds. */
export function pollInterval(poll: number | 'auto', kind: { pollEvery?: number | 'never' }): number {
  const { pollEvery = autoInterval } = kind;
  return poll !== 'auto' ? poll : pollEvery === 'never' ? never : pollEvery;
}

/** With a hub that tells of changes a poll is only the safety net. `chance` in [0, 1). */
export function intervalBesideHub(chance: number): number {
  return Math.round((30 + 30 * chance) * minute);
}

/** After a good poll: the interval, or what the other side asks for where that is later. Milliseconds. */
export function nextPoll(interval: number, now: number, notBefore: number | null): number {
  return Math.max(now + interval, Math.min(notBefore ?? 0, now + longestWait));
}

/**
 * After the `failures`-th failure in a row: doubling from the interval up to six hours (15 minutes for the newsroom's
 * own), ±20 %, or as the other side asks, up to a day. `chance` in [0, 1).
 */
export function nextPollAfterFailure(
  interval: number,
  now: number,
  failures: number,
  { notBefore, own, chance }: { notBefore: number | null; own: boolean; chance: number },
): number {
  const cap = Math.max(own ? longestWaitForOwn : longestWait, Math.min(interval, longestWait));
  const wait = Math.min(interval * 2 ** Math.min(failures, 20), cap) * (0.8 + 0.4 * chance);
  return Math.max(now + Math.round(wait), Math.min(notBefore ?? 0, now + day));
}

/** How a source publishes, from the times of what it published. */
export interface Rhythm {
  /** Median time between two of its last 20 items, milliseconds; null: not known. */
  gap: number | null;
  /** Hours of the newsroom's day in which it usually publishes. */
  busyHours: number[];
}

/** `times`: of publication, in any order. */
export function rhythmOf(times: readonly number[], zone: string, now: number): Rhythm {
  const past = times.filter((time) => time <= now).sort((a, b) => b - a);
  const gaps = past.slice(0, 20).flatMap((time, index, all) => (index === 0 ? [] : all[index - 1]! - time));
  gaps.sort((a, b) => a - b);
  const [below, above] = [gaps[Math.floor((gaps.length - 1) / 2)], gaps[Math.ceil((gaps.length - 1) / 2)]];
  const gap = below === undefined || above === undefined ? null : (below + above) / 2;
  const counts = new Map<number, number>();
  for (const time of past) {
    const at = hourIn(zone, time);
    counts.set(at, (counts.get(at) ?? 0) + 1);
  }
  // Twice as many as if they came all day long; of a few nothing can be said.
  const many = past.length < 10 ? Number.POSITIVE_INFINITY : past.length / 12;
  return { gap, busyHours: [...counts].filter(([, count]) => count >= many).map(([at]) => at) };
}

export interface PollFacts extends Rhythm {
  /** Whether it is the newsroom's own site: it may be asked more often, and may ask for less rest. */
  own: boolean;
  /** The longest of what the publisher asks for (ttl, period, max-age, Expires), milliseconds. */
  atLeast: number;
  /** Hours and days (0 is Sunday) in GMT in which nothing appears. */
  skipHours: readonly number[];
  skipDays: readonly number[];
  /** The newsroom's. */
  zone: string;
  now: number;
  /** In [0, 1). */
  chance: number;
}

/**
 * A quarter of the time between two items, from 2 (own: 0.5) to 60 minutes; half of it in busy hours, four times at
 * night, ±10 %; never less than the publisher asks for, as far as that is to be believed. Milliseconds.
 */
export function adaptiveInterval(facts: PollFacts): number {
  const { gap, busyHours, own, atLeast, zone, now, chance } = facts;
  const floor = own ? minute / 2 : 2 * minute;
  const usual = gap === null ? autoInterval : Math.min(Math.max(gap / 4, floor), hour);
  const clock = hourIn(zone, now);
  const factor = busyHours.includes(clock) ? 0.5 : isNight(clock) ? 4 : 1;
  const asked = Math.min(atLeast, own ? hour : mostBelieved);
  const wait = Math.max(jittered(usual * factor, chance), floor, asked);
  return Math.round(afterSkipped(now + wait, facts) - now);
}

/** Feeds were seen that claim to stay the same for sixteen years. */
const mostBelieved = 5 * hour;

const isNight = (clock: number): boolean => clock < 5;

function afterSkipped(at: number, { skipHours, skipDays }: PollFacts): number {
  const isSkipped = (time: number): boolean => {
    const date = new Date(time);
    return skipHours.includes(date.getUTCHours()) || skipDays.includes(date.getUTCDay());
  };
  if (skipHours.length + skipDays.length === 0) return at;
  for (let later = at; later <= at + 7 * day; later = (Math.floor(later / hour) + 1) * hour) {
    if (!isSkipped(later)) return later;
  }
  // Who skips everything means something else.
  return at;
}

/** Zones differ by quarters of an hour: within one the answer stays, and a thousand sources ask in the same. */
function hourIn(zone: string, time: number): number {
  const quarter = Math.floor(time / (15 * minute));
  if (last.zone !== zone || last.quarter !== quarter) {
    const { hour: clock } = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone);
    last = { zone, quarter, clock };
  }
  return last.clock;
}

let last = { zone: '', quarter: 0, clock: 0 };

const readingDelays = [10_000, minute, 5 * minute, 30 * minute, 2 * hour];

/** When an article that could not be read is tried again after `attempts` tries; null: it is left out. */
export function readingRetry(attempts: number, now: number): number | null {
  const delay = readingDelays[attempts - 1];
  return delay === undefined ? null : now + delay;
}
