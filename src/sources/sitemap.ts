import { z } from 'zod';
import { messageOf } from '#src/core/errors.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { elsewhere } from '#src/sources/elsewhere.ts';
import { readListedPage } from '#src/sources/listed-page.ts';
import { forbiddenPages } from '#src/sources/readable-pages.ts';
import { siteTest } from '#src/sources/same-site.ts';
import type { SitemapPayload } from '#src/sources/sitemap/changes.ts';
import { knownOf, readCursor, type SitemapCursor } from '#src/sources/sitemap/cursor.ts';
import { discoverSitemaps } from '#src/sources/sitemap/discover.ts';
import { isFile, noSitemap, rootLists } from '#src/sources/sitemap/roots.ts';
import { findVanished } from '#src/sources/sitemap/vanished.ts';
import { readFiles, type Walk, type WalkOptions } from '#src/sources/sitemap/walk.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';

const settings = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .describe('The site’s address, whose robots.txt is asked for its sitemaps; or the address of one sitemap itself.'),
});

export type SitemapSourceSettings = z.output<typeof settings>;

const minute = 60_000;
const rootsKept = 24 * 60 * minute;
/** Of a site that is watched for the first time. */
const mostAtFirst = 200;
const mostAtOnce = 1000;

/** News sitemaps and plain ones; a new or newly changed address is a sign, its page is the truth. */
export const sitemapSource: Source<SitemapSourceSettings> = {
  kind: 'sitemap',
  settings,
  summary: 'A site’s sitemap, a news sitemap above all; every article is read from its page.',
  describe: ({ url }) => url,
  pollEvery: 3 * minute,
  poll: async (cursor, settings, tools) => ({
    ...(await pollSitemap(cursor, settings, tools)),
    ...elsewhere(cursor, settings.url),
  }),
  read: (ref, { url }, tools) => {
    const { news } = (ref.payload as SitemapPayload | null) ?? { news: null };
    const hints = {
      ...(news?.title && { headline: news.title }),
      ...(news?.publishedAt && { publishedAt: news.publishedAt }),
    };
    return readListedPage(ref, { named: url, hints, skipLists: true }, tools);
  },
  discover: discoverSitemaps,
};

async function pollSitemap(cursor: Cursor, { url }: SitemapSourceSettings, tools: SourceTools): Promise<PollResult> {
  const now = tools.clock.now();
  const before = readCursor(cursor, url);
  const context = {
    known: before ? knownOf(Object.values(before.files)) : null,
    isOurs: await siteTest(url, tools.site.url),
    zone: tools.site.timezone,
    now,
  };
  const options = { named: url, before: before?.files ?? {}, context };
  const { roots, rootsAt, walk } = await readSite(url, before, options, tools);
  const next: SitemapCursor = { url, roots, rootsAt, files: walk.files };

  const found = [...new Map(walk.refs.map((ref) => [ref.externalId, ref])).values()];
  const { forbidden, warnings } = await forbiddenPages(
    found.map((ref) => ref.url ?? ref.externalId),
    url,
    before === null,
    tools,
  );
  const readable = found.filter((ref) => !forbidden.has(ref.url ?? ref.externalId));
  if (before && readable.length > mostAtOnce) {
    warnings.push(`${readable.length} articles are new in the sitemap at once; the newest ${mostAtOnce} are read`);
  }
  const changed = readable.slice(0, before ? mostAtOnce : mostAtFirst).reverse();
  const refs = [...changed, ...vanishedOf(before, next, now)];
  const isNews = Object.values(walk.files).some(({ kind }) => kind === 'news');
  return {
    refs,
    // A long memory is not written down again without need.
    cursor: before && isSame(before, next) ? cursor : { ...next },
    unchanged: refs.length === 0,
    notBefore: walk.notBefore,
    interval: (isNews ? 2 : 5) * minute,
    warnings: [...warnings, ...walk.failures.map(({ error }) => messageOf(error))],
  };
}

/** From the files that answered last time, else from those that the site names now. Throws the first list's failure. */
async function readSite(
  url: string,
  before: SitemapCursor | null,
  options: WalkOptions,
  tools: SourceTools,
): Promise<{ roots: string[]; rootsAt: number; walk: Walk }> {
  const now = tools.clock.now();
  if (isFile(url))
    return { roots: [url], rootsAt: before?.rootsAt ?? now, walk: await readFiles([url], options, tools) };
  const failures: unknown[] = [];
  if (before && now - before.rootsAt < rootsKept) {
    const { roots, rootsAt } = before;
    const walk = await readFiles(roots, options, tools).catch((error) => void failures.push(error));
    if (walk) return { roots, rootsAt, walk };
  }
  for await (const roots of rootLists(url, tools)) {
    tools.signal.throwIfAborted();
    const walk = await readFiles(roots, options, tools).catch((error) => void failures.push(error));
    if (walk) return { roots, rootsAt: now, walk };
  }
  throw failures[0] ?? noSitemap(url);
}

function isSame(before: SitemapCursor, after: SitemapCursor): boolean {
  const files = Object.entries(after.files);
  return (
    before.rootsAt === after.rootsAt &&
    files.length === Object.keys(before.files).length &&
    files.every(([file, state]) => before.files[file] === state)
  );
}

function vanishedOf(before: SitemapCursor | null, after: SitemapCursor, now: number): ArticleRef[] {
  return Object.entries(before?.files ?? {}).flatMap(([file, state]) => {
    const current = after.files[file];
    return current && current.hash !== state.hash && current.young.length > 0 ? findVanished(state, current, now) : [];
  });
}
