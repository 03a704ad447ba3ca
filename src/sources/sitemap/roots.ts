/** Where a site keeps its sitemaps. */
import { UserError } from '#src/core/errors.ts';
import { chooseRoots } from '#src/sources/sitemap/choose.ts';
import { fetchFile } from '#src/sources/sitemap/file.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** Of news first: they are short and hold what is new. */
const usualPlaces = ['/sitemap-news.xml', '/news-sitemap.xml', '/sitemap.xml', '/sitemap_index.xml', '/wp-sitemap.xml'];

/** Whether the address is a file's rather than a site's. */
export function isFile(url: string): boolean {
  const { pathname, search } = new URL(url);
  return /\.(?:xml|txt|gz|php|aspx|ashx)$|site-?map/i.test(pathname + search);
}

/** Lists of files to try, the best first: those that robots.txt names, then the first at a usual place. */
export async function* rootLists(url: string, tools: SourceTools): AsyncGenerator<string[]> {
  const named = await tools.robots.sitemaps(url);
  if (named.length > 0) yield chooseRoots(named, tools.clock.now());
  for (const path of usualPlaces) {
    const place = new URL(path, url).href;
    const found = await fetchFile(place, undefined, url, tools).catch((error) => {
      if (tools.signal.aborted) throw error;
      return null;
    });
    if (found?.sitemap && found.sitemap.entries.length > 0) yield [place];
  }
}

export function noSitemap(url: string): UserError {
  const site = new URL(url).origin;
  return new UserError(`No sitemap was found on ${site}: robots.txt names none, and none is at the usual places`, {
    next: 'Give the address of the sitemap itself as `url`, or watch a list of articles with `kind: page`.',
  });
}
