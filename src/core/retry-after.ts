/** Longest wait a server may ask for: beyond it a mistake or a grudge is likelier than a need. */
const longest = 24 * 3600_000;

/** When the `Retry-After` header (RFC 9110 §10.2.3: seconds or a date) allows the next request; null without a readable one. */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const value = headers['retry-after']?.trim();
  if (!value) return null;
  const at = /^\d+(\.\d+)?$/.test(value) ? now + Number(value) * 1000 : Date.parse(value);
  if (!Number.isFinite(at)) return null;
  return Math.min(Math.max(at, now), now + longest);
}
