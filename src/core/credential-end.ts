/** What to say of credentials that end, and when. */
import { formatDateTime, formatDuration } from '#src/core/time.ts';

const day = 24 * 3_600_000;

/** Said this long before: time enough to find who may make new ones. */
const warnBefore = 14 * day;
/** What can be renewed without a person is renewed this long before. */
const renewBefore = 7 * day;

/** Null while there is nothing to say. */
export function endOfCredentials(expiresAt: number | null, now: number, zone: string): string | null {
  if (expiresAt === null || expiresAt - now > warnBefore) return null;
  const when = formatDateTime(expiresAt, zone);
  if (expiresAt <= now) return `its credentials ended at ${when}`;
  return `its credentials end at ${when}, in ${formatDuration(expiresAt - now)}`;
}

export function isToRenew(expiresAt: number | null, now: number): boolean {
  return expiresAt !== null && expiresAt - now <= renewBefore;
}
