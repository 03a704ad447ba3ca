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

const clock = new RegExp(
  [
    String.raw`(?<half>午前|午後|上午|下午|오전|오후)?\s?(?<!\d)(?<hour>\d{1,2})`,
    String.raw`(?:\s?(?:[:h]\s?|giờ\s?|[時시时点]\s?)(?<minute>\d{2})|\.(?<dotted>\d{2})(?=\s?(?:Uhr|น\.|น(?!\p{L})|[ap]\.?m\b)))`,
    String.raw`(?:[分분]|(?:[:m′'])(?<second>\d{2}))?(?:\.\d+)?(?:\s?(?<noon>[ap])\.?m\b\.?|\s?(?<buoi>SA|CH|sáng|chiều|tối)(?!\p{L})|\s?(?<arabic>ص|م|صباح[اً]*|مساء[ً]?)(?!\p{L}))?`,
  ].join(''),
  'iu',
);

function timeIn(text: string): { time: Temporal.PlainTime; after: string } | null {
  const match = clock.exec(text) ?? /(?<!\d)(?<hour>\d{1,2})\s?(?<noon>[ap])\.?m\b\.?/iu.exec(text);
  const groups = match?.groups;
  if (!match || !groups) return null;
  const half = (groups['noon'] ?? groups['buoi'] ?? groups['arabic'] ?? groups['half'])?.toLowerCase();
  let hour = Number(groups['hour']);
  if (half && /^(?:p|ch|tối|م|午後|下午|오후)/u.test(half) && hour < 12) hour += 12;
  if (half && /^(?:a|sa|sáng|ص|午前|上午|오전)/u.test(half) && hour === 12) hour = 0;
  const minute = Number(groups['minute'] ?? groups['dotted'] ?? 0);
  const second = Math.min(Number(groups['second'] ?? 0), 59);
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
  mez: '+01:00',
  mesz: '+02:00',
  eet: '+02:00',
  eest: '+03:00',
  msk: '+03:00',
  wib: '+07:00',
  wita: '+08:00',
  wit: '+09:00',
  kst: '+09:00',
  hkt: '+08:00',
  sgt: '+08:00',
  pht: '+08:00',
  aest: '+10:00',
  aedt: '+11:00',
  brt: '-03:00',
  art: '-03:00',
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
