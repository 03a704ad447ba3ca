import type { ArticleRef } from '#src/core/signal.ts';
import { mark } from '#src/sources/marks.ts';
import { articleId } from '#src/sources/page-address.ts';
import type { FileState } from '#src/sources/sitemap/cursor.ts';

/** Younger ones do not leave a sitemap because of their age. */
const young = 36 * 3_600_000;
const most = 3;

/**
 * Young articles that a sitemap no longer lists, though older ones stand there: their pages are to be looked at. To be
 * missing alone means nothing, and many at once mean another file.
 */
export function findVanished(before: FileState, after: FileState, now: number): ArticleRef[] {
  const listed = new Set(after.young.map(({ url }) => url));
  const oldest = Math.min(...after.young.map(({ at }) => at));
  const missing = before.young.filter(
    ({ url, at }) =>
      at > now - young && at > oldest && !listed.has(url) && !after.recent.includes(mark(articleId(url) ?? url)),
  );
  if (missing.length > most) return [];
  return missing.map(({ url, at }) => ({
    externalId: articleId(url) ?? url,
    url,
    title: null,
    stamp: `gone ${at}`,
    sign: 'gone',
    payload: null,
  }));
}
