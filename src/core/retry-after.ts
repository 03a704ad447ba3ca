const longest = 24 * 3_600_000;

/** When a `Retry-After` header (seconds or an HTTP date) allows the next try, at most a day on; null without a usable one. */
export function retryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  const at = /^\d+$/.test(text) ? now + Number(text) * 1000 : httpDate(text);
  if (at === null) return null;
  return Math.min(Math.max(at, now), now + longest);
}

/** Only with its day name and zone: `Date.parse` alone takes nearly anything for a date. */
function httpDate(text: string): number | null {
  if (!/^[A-Za-z]{3,9},? .+\d\d:\d\d:\d\d( GMT| \d{4})$/.test(text)) return null;
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : at;
}
