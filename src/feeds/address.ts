/** Addresses as every reader takes them: absolute, ASCII, http or https. */

/** Percent-encoded path and query, punycode host (RFC 3986); null for anything that is not a web address. */
export function webAddress(address: string): string | null {
  const url = URL.parse(address.toWellFormed().trim());
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return null;
  // A URL parser lets some characters stand that RFC 3986 does not know; brackets belong to the host alone.
  const [, start = '', rest = ''] = /^(https?:\/\/[^/]*)(.*)$/s.exec(url.href) ?? [];
  return start + rest.replace(/[^\w\-.~:/?#@!$&'()*+,;=%]/g, encodeURIComponent).replace(/%(?![0-9a-f]{2})/gi, '%25');
}
