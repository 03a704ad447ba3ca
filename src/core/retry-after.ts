/** Longest wait a server may ask for: beyond it a mistake or a grudge is likelier than a need. */
const longest = 24 * 3_600_000;

/** When the `Retry-After` header (RFC 9110 §10.2.3: seconds or a date) allows the next request; null without a readable one. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const value = headers['retry-after']?.trim();
  if (!value) return null;
  const at = /^\d+(\.\d+)?$/.test(value) ? now + Number(value) * 1000 : httpDate(value);
  return at === null ? null : Math.min(Math.max(at, now), now + longest);
}

/** Only with day name, time and zone: `Date.parse` alone takes nearly anything for a date. */
function httpDate(text: string): number | null {
  if (!/^[A-Za-z]{3,9},? .+\d\d:\d\d:\d\d( GMT| \d{4})$/.test(text)) return null;
  const at = Date.parse(text.endsWith('GMT') ? text : `${text} GMT`);
  return Number.isNaN(at) ? null : at;
}
