/** When a hub is asked next. Milliseconds. */
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** What is asked for: ten days, as most hubs give. */
export const wantedLease = 10 * day;
const longestLease = 365 * day;
const longestWait = 6 * hour;
/** A hub that has refused is asked again after this. */
export const deniedFor = 6 * hour;

/** Failing for this long is worth a person's look; nothing is lost before. */
export const hubPatience = hour;

/** What the hub has promised, from now; `seconds` as it wrote them. */
export function leaseOf(seconds: unknown, now: number): { leaseUntil: number; nextAt: number } {
  const written = typeof seconds === 'string' && /^\d{1,12}$/.test(seconds) ? Number(seconds) * 1000 : 0;
  // Leases are never endless, and one that is not told is what was asked for.
  const lease = Math.min(written > 0 ? written : wantedLease, longestLease);
  return { leaseUntil: now + lease, nextAt: now + Math.max(Math.floor(lease * 0.8), 1000) };
}

/** After the `failures`-th failure in a row: doubling from 5 s to six hours, or as the hub asks; `chance` in [0, 1). */
export function hubRetry(failures: number, now: number, retryAt: number | null, chance: number): number {
  const wait = Math.min(5000 * 2 ** Math.min(failures - 1, 20), longestWait);
  return Math.max(now + Math.round(wait * (0.9 + 0.2 * chance)), retryAt ?? 0);
}

/** When a hub that has taken a request but does not verify it is asked again: it may have a queue of its own. */
export function hubVerifies(failures: number, now: number): number {
  return now + Math.min(10 * minute * 2 ** Math.min(failures, 20), longestWait);
}
