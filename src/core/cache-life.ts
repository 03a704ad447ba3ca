/** How much longer an answer says it stays as it is (RFC 9111): the longer of `max-age` and `Expires`, milliseconds. */
export function cacheLife(headers: Readonly<Record<string, string>>, now: number): number {
  const control = headers['cache-control'] ?? '';
  if (control === '' && headers['expires'] === undefined) return 0;
  if (/\bno-(?:cache|store)\b/i.test(control)) return 0;
  const age = Math.max(0, Number(headers['age'] ?? 0) || 0);
  const maxAge = /\bmax-age\s*=\s*"?(\d{1,10})/i.exec(control)?.[1];
  const expires = Date.parse(headers['expires'] ?? '') - now;
  return Math.max(0, maxAge === undefined ? 0 : (Number(maxAge) - age) * 1000, Number.isNaN(expires) ? 0 : expires);
}
