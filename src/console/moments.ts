/** Times on a page: short for the eye, exact for programs. */

import { type Html, html } from '#src/console/html.ts';
import { formatDateTime } from '#src/core/time.ts';

export interface Moments {
  now: number;
  /** IANA zone of the newsroom. */
  zone: string;
  /** Language of dates and distances, BCP 47. */
  dates: string;
}

/** `09:31`, `24 Nov 09:31` on another day, `24 Nov 2025 09:31` in another year. */
export function time(at: number, moments: Moments): Html {
  return element(at, shortTime(at, moments), moments);
}

/** `09:31 (12 min ago)`: only for pages that renew themselves, since it is soon wrong. Beyond a day like `time`. */
export function timeAgo(at: number, moments: Moments): Html {
  const distance = relativeTime(at, moments);
  const text = shortTime(at, moments);
  return element(at, distance === null ? text : `${text} (${distance})`, moments);
}

/** `09:31:10`, `24 Nov 09:31:10`: what happened within a minute is told apart. */
export function exactTime(at: number, moments: Moments): Html {
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, '0');
  return element(at, `${shortTime(at, moments)}:${seconds}`, moments);
}

function element(at: number, text: string, { zone }: Moments): Html {
  return html`<time datetime="${new Date(at).toISOString()}" title="${formatDateTime(at, zone)} (${zone})">${text}</time>`;
}

function shortTime(at: number, { now, zone, dates }: Moments): string {
  const [day, clock] = formatDateTime(at, zone).split(' ') as [string, string];
  const today = formatDateTime(now, zone).slice(0, 10);
  if (day === today) return clock;
  const year = day.slice(0, 4) === today.slice(0, 4) ? {} : ({ year: 'numeric' } as const);
  return `${Temporal.PlainDate.from(day).toLocaleString(dates, { day: 'numeric', month: 'short', ...year })} ${clock}`;
}

const second = 1000;
const units = [
  { unit: 'hour', length: 3600 * second },
  { unit: 'minute', length: 60 * second },
] as const;

function relativeTime(at: number, { now, dates }: Moments): string | null {
  const distance = at - now;
  if (Math.abs(distance) >= 24 * 3600 * second) return null;
  const { unit, length } = units.find((one) => Math.abs(distance) >= one.length) ?? { unit: 'second', length: second };
  const words = new Intl.RelativeTimeFormat(dates, { style: 'short', numeric: 'auto' });
  return words.format(Math.trunc(distance / length), unit);
}
