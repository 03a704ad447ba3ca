/** The feeds of a site: those its page names, else those at the usual addresses. */
import type { HttpResponse } from '#src/core/tools.ts';
import { decodeText } from '#src/markup/charset.ts';
import { feedLinks, isHtml, linksLikeFeeds } from '#src/markup/feed-links.ts';
import type { ParsedFeed } from '#src/markup/parsed-feed.ts';
import { isFullText } from '#src/sources/feed/entry.ts';
import { understand } from '#src/sources/feed/understand.ts';
import { siteTest } from '#src/sources/same-site.ts';
import type { Discovery, SiteLook, SourceTools } from '#src/sources/source.ts';

const usual = [
  ...['/rss', '/feed', '/feed/', '/rss.xml', '/feed.xml', '/atom.xml', '/feed.json', '/index.xml'],
  ...['/rss/home.rss', '/rss/tin-moi-nhat.rss', '/rss/tin-moi.rss', '/rss/trang-chu.rss'],
];
/** Of what a page names, and of all requests together. */
const mostNamed = 6;
const mostAsked = 14;
const mostGiven = 5;
const largestFeed = 15 * 1024 * 1024;

interface Found {
  url: string;
  feed: ParsedFeed;
  format: string;
  /** Whether the page names it. */
  named: boolean;
  /** How many of its entries are whole articles. */
  whole: number;
}

/** The best first: the main feed before those of sections and comments, whole texts first, then more entries. */
export async function discoverFeeds(site: SiteLook, tools: SourceTools): Promise<Discovery[]> {
  const isTheirs = await siteTest(site.url);
  const asked = new Set<string>();
  const look = async (url: string, named: boolean): Promise<Found | string | null> => {
    if (asked.size >= mostAsked || asked.has(url)) return null;
    asked.add(url);
    return lookAt(url, named, site, tools);
  };
  const lookAtAll = async (urls: string[], named: boolean): Promise<Found[]> => {
    const found: Found[] = [];
    for (const url of urls) {
      const seen = await look(url, named);
      if (seen !== null && typeof seen !== 'string') found.push(seen);
    }
    return found;
  };

  const named = await lookAtAll(feedLinks(site.html, site.url).sort(byAddress).slice(0, mostNamed), true);
  if (named.some(isOfWorth)) return describe(named);
  const linked = linksLikeFeeds(site.html, site.url).filter(isTheirs).sort(byAddress).slice(0, mostNamed);
  const others = await lookAtAll(
    linked.filter((url) => !/\/rss\/?$/i.test(url)),
    true,
  );
  if (others.some(isOfWorth)) return describe([...named, ...others]);
  const list = linked.filter((url) => /\/rss\/?$/i.test(url));
  for (const url of [...list, ...usual.map((path) => new URL(path, site.url).href)]) {
    const seen = await look(url, false);
    if (seen === null) continue;
    // Portals show a page with all their feeds there.
    const listed = typeof seen === 'string' ? linksLikeFeeds(seen, url).filter(isTheirs).sort(byAddress) : [];
    const found = typeof seen === 'string' ? await lookAtAll(listed.slice(0, 3), true) : [seen];
    if (found.some(isOfWorth)) return describe([...named, ...others, ...found]);
  }
  // Comments alone tell of no article.
  return [];
}

/** A feed, or the text of the page that stands there instead; null for neither. */
async function lookAt(url: string, named: boolean, site: SiteLook, tools: SourceTools): Promise<Found | string | null> {
  const response = await ask(url, site, tools);
  if (response?.status !== 200 || response.body.length === 0) return null;
  const type = response.headers['content-type'] ?? null;
  try {
    const feed = understand(response.body, type, response.url);
    if (feed.entries.length === 0) return null;
    const whole = feed.entries.filter((entry) => entry.url === null || isFullText(entry, 'auto')).length;
    return { url: response.movedTo ?? url, feed, format: formatOf(response.body), named, whole };
  } catch {
    const text = decodeText(response.body, type);
    return isHtml(text) ? text : null;
  }
}

function ask(url: string, site: SiteLook, { http, signal }: SourceTools): Promise<HttpResponse | null> {
  // Ports beside the usual ones only where the operator's own address has one.
  const operatorUrl = new URL(url).host === new URL(site.url).host;
  return http.request({ url, maxBytes: largestFeed, redirects: 5, operatorUrl, signal }).catch((error) => {
    if (signal.aborted) throw error;
    return null;
  });
}

function formatOf(body: Uint8Array): string {
  const head = Buffer.from(body.subarray(0, 2000)).toString('latin1');
  if (/^[^<]*\{/.test(head)) return 'a JSON Feed';
  return /<feed[\s>]/i.test(head) ? 'an Atom feed' : 'an RSS feed';
}

const isOfComments = (text: string): boolean => /comment|bình luận|binh-luan|ý kiến bạn đọc/i.test(text);

const isOfWorth = ({ url, feed }: Found): boolean => !isOfComments(`${url} ${feed.title ?? ''}`);

// What addresses of a whole site's feed are made of; any other word names a part of it.
const plain =
  /^(?:|rss\d?|rss2?0?|feeds?|atom|rdf|xml|json|index|home|main|all|default|latest|news|posts?|public|site|www|php|aspx?|html?|trang-?chu|tin-?moi(?:-nhat)?|moi-nhat|tin-tuc|vi|en|api|v\d)$/i;

/** How many words of the address name a part of the site. */
function partsIn(address: string): number {
  const { pathname, search } = new URL(address);
  const words = `${pathname}/${search.replace(/^\?/, '')}`.split(/[/.&=]/);
  return words.filter((word) => !plain.test(word)).length;
}

/** The likeliest first; within the same the page's own order. */
function byAddress(a: string, b: string): number {
  return Number(isOfComments(a)) - Number(isOfComments(b)) || partsIn(a) - partsIn(b);
}

function describe(found: Found[]): Discovery[] {
  const rank = ({ url, feed, whole }: Found): number[] => [
    Number(isOfComments(`${url} ${feed.title ?? ''}`)),
    partsIn(url),
    -Math.round((whole / feed.entries.length) * 2),
    -feed.entries.length,
  ];
  const best = found
    .map((one) => ({ ...one, rank: rank(one) }))
    .sort((a, b) => a.rank.map((value, at) => value - b.rank[at]!).find((difference) => difference !== 0) ?? 0);
  // The same articles in another format are no other way.
  const unique = new Map(best.toReversed().map((one) => [contentsOf(one.feed), one]));
  return best
    .filter((one) => unique.get(contentsOf(one.feed)) === one)
    .slice(0, mostGiven)
    .map(toDiscovery);
}

const contentsOf = ({ entries }: ParsedFeed): string =>
  entries
    .map(({ url, id }) => url ?? id)
    .sort()
    .join(' ');

function toDiscovery({ url, feed, format, named, whole }: Found): Discovery {
  const count = feed.entries.length;
  const isWhole = whole === count;
  const texts = isWhole ? 'whole texts' : whole === 0 ? 'summaries alone' : `whole texts in ${whole} of them`;
  const title = feed.title ? ` “${feed.title}”` : '';
  return {
    settings: { url, ...(isWhole && { fullText: true }) },
    found: `${format}${title} with ${count} ${count === 1 ? 'article' : 'articles'}, ${texts}`,
    guesses: {
      ...(!named && { url: 'The site names no feed; this is one of the usual addresses, and a feed is there.' }),
      ...(isWhole && {
        fullText: 'Every entry holds a long text now; auto decides for each entry, and reads the page of a short one.',
      }),
    },
    needs: null,
  };
}
