/** Addresses in lists of articles. */
import { normalizeUrl } from '#src/core/identity.ts';

const file =
  /\.(?:jpe?g|png|gif|webp|avif|svg|ico|bmp|mp[34]|m4[av]|webm|mov|avi|ogg|wav|pdf|docx?|xlsx?|pptx?|zip|rar|7z|gz|apk|exe|css|js|json|xml|rss|atom|txt|woff2?)$/i;

/** One spelling of an article's address, its id in the source; null for a file, a front page and what is no web address. */
export function articleId(url: string): string | null {
  const parsed = URL.parse(url.trim());
  if (!parsed || file.test(parsed.pathname)) return null;
  // The usual address, of which long lists hold thousands, stands as it is.
  const isPlain = /^https?:\/\/[^/@]+\/[^?#]+$/.test(parsed.href);
  const id = isPlain ? parsed.href : normalizeUrl(url);
  return id === null || /^https?:\/\/[^/]+\/$/.test(id) ? null : id;
}

/** The address to ask: without the fragment and without what only counts visitors. */
export function withoutTracking(url: string): string {
  const plain = new URL(url);
  plain.hash = '';
  const id = normalizeUrl(plain.href);
  // Written anew only where something is left out: some servers mind the order of what is asked.
  return id !== null && new URL(id).searchParams.size !== plain.searchParams.size ? id : plain.href;
}
