/** What feeds say of how often they change. */
import type { FeedPace } from '#src/markup/parsed-feed.ts';

export const minute = 60_000;
export const noPace: FeedPace = { atLeast: null, skipHours: [], skipDays: [] };

const hour = 60 * minute;
const periods: Readonly<Record<string, number>> = {
  hourly: hour,
  daily: 24 * hour,
  weekly: 7 * 24 * hour,
  monthly: 30 * 24 * hour,
  yearly: 365 * 24 * hour,
};

/** The syndication module: a period, and how many times in it. Milliseconds; null where it says nothing. */
export function syndicationPeriod(sy: { updatePeriod?: string; updateFrequency?: number } | undefined): number | null {
  const period = periods[sy?.updatePeriod?.trim().toLowerCase() ?? ''];
  if (period === undefined) return null;
  const times = Number(sy?.updateFrequency ?? 1);
  return Math.round(period / Math.max(1, times || 1));
}

export function longest(...spans: (number | null)[]): number | null {
  const given = spans.filter((span) => span !== null);
  return given.length > 0 ? Math.max(...given) : null;
}
