/** Dates as sources give them: RFC 822, RFC 3339, Unix, and as newsrooms print them. */
import { asciiDigits, dayIn, plainDate } from '#src/core/calendar.ts';
import { tidy } from '#src/core/text.ts';

export interface ReadDate {
  /** ISO 8601 in UTC, `2026-11-23T01:30:00Z`. */
  at: string;
  /** Whether a time of day was given; without one `at` is the day's start in the newsroom's zone. */
  hasTime: boolean;
}

const tolerance = 10 * 60_000;

/** The instant a text means, read in `zone` (IANA) where it names none; null when it is no date. */
export function readDate(printed: string | number, zone: string): ReadDate | null {
  const text = asciiDigits(tidy(String(printed)));
  return readUnix(text) ?? readIso(text, zone) ?? readPrinted(text, zone);
}

/** Whether an instant lies further ahead than clocks differ. */
export function isFuture(at: string, now: number): boolean {
  return Date.parse(at) > now + tolerance;
}

function readUnix(text: string): ReadDate | null {
  if (!/^\d{9,10}$|^\d{12,13}$/.test(text)) return null;
  const number = Number(text);
  return instant(Temporal.Instant.fromEpochMilliseconds(text.length > 10 ? number : number * 1000), true);
}

function readIso(text: string, zone: string): ReadDate | null {
  const iso =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?(?:\[.*)?)?$/i.exec(
      text,
    );
  if (!iso) return null;
  const [, day = '', time, offset] = iso;
  try {
    const date = Temporal.PlainDate.from(day, { overflow: 'reject' });
    return at(date, time ? Temporal.PlainTime.from(time) : null, offset ?? null, zone);
  } catch {
    return null;
  }
}

function readPrinted(text: string, zone: string): ReadDate | null {
  const day = dayIn(text);
  if (!day || day.year === null) return null;
  const date = plainDate(day.year, day.month, day.day);
  if (!date) return null;
  const rest = `${text.slice(0, day.index)} ${text.slice(day.index + day.length)}`;
  const time = timeIn(rest);
  return at(date, time?.time ?? null, time ? offsetIn(time.after) : null, zone);
}

function timeIn(text: string): { time: Temporal.PlainTime; after: string } | null {
  const match =
    /(?<!\d)(\d{1,2})\s?(?:[:h]\s?|giờ\s?)(\d{2})(?:[:m′'](\d{2}))?(?:\.\d+)?(?:\s?([ap])\.?m\b\.?|\s?(SA|CH)\b)?/iu.exec(
      text,
    );
  if (!match) return null;
  const half = (match[4] ?? match[5])?.toLowerCase();
  let hour = Number(match[1]);
  if (half && (half === 'p' || half === 'ch') && hour < 12) hour += 12;
  if (half && (half === 'a' || half === 'sa') && hour === 12) hour = 0;
  const minute = Number(match[2]);
  const second = Math.min(Number(match[3] ?? 0), 59);
  if (hour > 23 || minute > 59) return null;
  const after = text.slice(match.index + match[0].length);
  return { time: new Temporal.PlainTime(hour, minute, second), after };
}

// The zone names of RFC 822, and those English wire copy uses.
const zoneNames: Readonly<Record<string, string>> = {
  z: '+00:00',
  ut: '+00:00',
  utc: '+00:00',
  gmt: '+00:00',
  est: '-05:00',
  edt: '-04:00',
  cst: '-06:00',
  cdt: '-05:00',
  mst: '-07:00',
  mdt: '-06:00',
  pst: '-08:00',
  pdt: '-07:00',
  ict: '+07:00',
  jst: '+09:00',
  cet: '+01:00',
  cest: '+02:00',
  bst: '+01:00',
};

function offsetIn(after: string): string | null {
  const numeric = /^\W*?(?:GMT|UTC)?\s?([+-])(\d{1,2}):?(\d{2})?\b/iu.exec(after);
  if (numeric) return `${numeric[1]}${numeric[2]?.padStart(2, '0')}:${numeric[3] ?? '00'}`;
  const named = /^[\s,(|]*([a-z]{1,4})\b/iu.exec(after)?.[1]?.toLowerCase();
  return named && Object.hasOwn(zoneNames, named) ? (zoneNames[named] ?? null) : null;
}

function at(
  date: Temporal.PlainDate,
  time: Temporal.PlainTime | null,
  offset: string | null,
  zone: string,
): ReadDate | null {
  if (!time) return instant(date.toZonedDateTime(zone).toInstant(), false);
  const fixed = offset && (zoneNames[offset.toLowerCase()] ?? fullOffset(offset));
  try {
    return instant(date.toZonedDateTime({ timeZone: fixed || zone, plainTime: time }).toInstant(), true);
  } catch {
    return null;
  }
}

function fullOffset(offset: string): string {
  const [, sign, hour, minute] = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset) ?? [];
  return `${sign}${hour}:${minute ?? '00'}`;
}

function instant(value: Temporal.Instant, hasTime: boolean): ReadDate {
  return { at: value.toString({ smallestUnit: 'second' }), hasTime };
}
