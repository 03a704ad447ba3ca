/** How much of its allowance the Page has used, as the answers' headers tell it. */

const minute = 60_000;
const hour = 60 * minute;

/** When the Page may ask again, from `X-Business-Use-Case-Usage`; null when it does not say. Milliseconds, at most a day from now. */
export function regainsAccessAt(headers: Readonly<Record<string, string>>, now: number): number | null {
  const minutes = uses(headers['x-business-use-case-usage'])
    .map((use) => Number(use?.estimated_time_to_regain_access))
    .filter((number) => number > 0);
  return minutes.length > 0 ? now + Math.min(Math.max(...minutes) * minute, 24 * hour) : null;
}

/** From this share of what the Page may use, in per cent, it goes slowly: once all is used up it waits for an hour or a day. */
const slowFrom = 75;
const slowly = 5 * minute;

/** When the next post had better go after one that went through; null: at any time. */
export function restsUntil(headers: Readonly<Record<string, string>>, now: number): number | null {
  const used = uses(headers['x-business-use-case-usage'])
    .flatMap((use) => [use?.call_count, use?.total_cputime, use?.total_time])
    .map(Number);
  return regainsAccessAt(headers, now) ?? (used.some((share) => share >= slowFrom) ? now + slowly : null);
}

/** A map from id to a list: `{"123":[{"type":"pages","call_count":100,…}]}`. */
function uses(header: string | undefined): any[] {
  try {
    const map = JSON.parse(header ?? '{}');
    return typeof map === 'object' && map !== null ? Object.values(map).flat() : [];
  } catch {
    return [];
  }
}
