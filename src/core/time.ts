/** Times for people, in the newsroom's zone. */

/** `21:04:12`. */
export function formatTime(at: number, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainTime()
    .toString({ smallestUnit: 'second' });
}

/** `2026-11-25 21:04`. */
export function formatDateTime(at: number, zone: string): string {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return `${zoned.toPlainDate()} ${zoned.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** What units are called, and what stands before decimals. */
export interface Units {
  ms: string;
  s: string;
  min: string;
  h: string;
  days: string;
  point: string;
}

const englishUnits: Units = { ms: 'ms', s: 's', min: 'min', h: 'h', days: 'days', point: '.' };

/** `450 ms`, `1.4 s`, `12 min`, `3 h`, `2 days`: one unit, as people say it. */
export function formatDuration(ms: number, units: Units = englishUnits): string {
  if (ms < 1000) return `${Math.round(ms)} ${units.ms}`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1).replace('.', units.point)} ${units.s}`;
  if (ms < 3_600_000) return `${Math.round(ms / 60_000)} ${units.min}`;
  if (ms < 48 * 3_600_000) return `${Math.round(ms / 3_600_000)} ${units.h}`;
  return `${Math.round(ms / 86_400_000)} ${units.days}`;
}
