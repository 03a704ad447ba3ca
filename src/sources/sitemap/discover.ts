import { readDate } from '#src/core/date.ts';
import type { Sitemap } from '#src/markup/parse-sitemap.ts';
import { chooseChildren } from '#src/sources/sitemap/choose.ts';
import { fetchFile, mostEntries } from '#src/sources/sitemap/file.ts';
import { rootLists } from '#src/sources/sitemap/roots.ts';
import type { Discovery, SiteLook, SourceTools } from '#src/sources/source.ts';

interface Seen {
  url: string;
  sitemap: Sitemap;
  /** Of the last two days. */
  recent: number;
}

const twoDays = 48 * 3_600_000;
const mostLooks = 6;

/** The site's news sitemap, and its plain ones where some of their pages changed lately. */
export async function discoverSitemaps(site: SiteLook, tools: SourceTools): Promise<Discovery[]> {
  let seen: Seen[] = [];
  for await (const roots of rootLists(site.url, tools)) {
    seen = await lookAt(roots, site.url, tools);
    if (seen.length > 0) break;
  }
  const news = seen
    .filter(({ sitemap, recent }) => sitemap.kind === 'news' && recent > 0)
    .sort((a, b) => b.recent - a.recent);
  const [best] = news;
  const found: Discovery[] = [];
  if (best) {
    found.push({
      settings: { url: best.url },
      found: `a news sitemap with ${articles(best.recent)} of the last two days`,
      guesses: news.length > 1 ? { url: `the site has ${news.length} news sitemaps; this one lists most` } : {},
      needs: null,
    });
  }
  const plain = seen.filter(({ sitemap }) => sitemap.kind === 'pages');
  const pages = plain.reduce((sum, { sitemap }) => sum + sitemap.entries.length, 0);
  const recent = plain.reduce((sum, each) => sum + each.recent, 0);
  if (pages === 0) return found;
  const count = pages >= mostEntries ? `more than ${mostEntries}` : String(pages);
  found.push({
    settings: { url: new URL('/', site.url).href },
    found:
      recent > 0
        ? `a sitemap with ${count} pages, ${recent} of them changed in the last two days`
        : `a sitemap with ${count} pages, none of them dated in the last two days`,
    guesses: {
      url:
        recent > 0
          ? 'not every page of a sitemap is an article; what is none is passed over when it is read'
          : 'its dates tell nothing of the last two days: only addresses that are new in it will be seen',
    },
    needs: null,
  });
  return found;
}

/** The files at the roots, and those that an index names. */
async function lookAt(roots: readonly string[], named: string, tools: SourceTools): Promise<Seen[]> {
  const now = tools.clock.now();
  const waiting = [...roots];
  const seen = new Map<string, Seen | null>();
  while (waiting.length > 0 && seen.size < mostLooks) {
    const url = waiting.shift()!;
    if (seen.has(url)) continue;
    const sitemap = (await fetchFile(url, undefined, named, tools).catch(() => null))?.sitemap;
    if (tools.signal.aborted) throw tools.signal.reason;
    seen.set(url, null);
    if (sitemap?.kind === 'index') waiting.unshift(...chooseChildren(sitemap.entries, now).slice(0, 3));
    else if (sitemap) seen.set(url, { url, sitemap, recent: countRecent(sitemap, tools) });
  }
  return [...seen.values()].filter((each) => each !== null);
}

function countRecent({ entries }: Sitemap, { clock, site }: SourceTools): number {
  return entries.filter(({ lastmod, news }) => {
    const printed = news?.publishedAt ?? lastmod;
    const date = printed === null ? null : readDate(printed, site.timezone);
    return date !== null && Date.parse(date.at) > clock.now() - twoDays;
  }).length;
}

const articles = (count: number): string => (count === 1 ? 'one article' : `${count} articles`);
