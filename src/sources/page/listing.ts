/** One page that lists articles, asked conditionally. */
import { createHash } from 'node:crypto';
import { conditionalHeaders, type Validators, validatorsOf } from '#src/core/conditional.ts';
import { UserError } from '#src/core/errors.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import { decodeText, isBinary } from '#src/markup/charset.ts';
import { parsePage } from '#src/markup/html.ts';
import { likelyLinks, titleLinks } from '#src/markup/listing/likely-links.ts';
import { type ListLink, linksOf, selectedLinks } from '#src/markup/listing/links.ts';
import { inTeaser } from '#src/markup/listing/teaser.ts';
import { type PageSigns, pageSigns } from '#src/markup/page-signs.ts';
import { pageTrouble } from '#src/markup/page-trouble.ts';
import { wallInstead } from '#src/sources/access-refused.ts';
import { refusal } from '#src/sources/answers.ts';
import { acceptPage, largestPage } from '#src/sources/article-page.ts';
import { heedRobots, takeTurn } from '#src/sources/manners.ts';
import { type ListState, readBy } from '#src/sources/page/cursor.ts';
import type { PageSourceSettings } from '#src/sources/page/settings.ts';
import { articleId, withoutTracking } from '#src/sources/page-address.ts';
import type { SourceTools } from '#src/sources/source.ts';

export interface ListedArticle {
  id: string;
  url: string;
  title: string | null;
  /** As printed. */
  date: string | null;
}

export interface FetchedListing {
  /** Null: nothing changed since `before`. In the list's order. */
  articles: ListedArticle[] | null;
  validators: Validators | null;
  hash: string;
  notBefore: number | null;
  movedTo: string | null;
}

type Selectors = Pick<PageSourceSettings, 'links' | 'title' | 'date'>;

const mostArticles = 300;

/** Throws where the page lists nothing though it should. */
export async function fetchListing(
  url: string,
  before: ListState | undefined,
  settings: PageSourceSettings,
  isOurs: (url: string) => boolean,
  tools: SourceTools,
): Promise<FetchedListing> {
  await heedRobots(url, tools);
  await takeTurn(url, tools, { patient: true });
  const now = tools.clock.now();
  // Read by other selectors, the same bytes say something else.
  const known = before?.by === readBy(settings) ? before : undefined;
  const response = await tools.http.request({
    url,
    headers: { accept: acceptPage, ...conditionalHeaders(known?.validators ?? null, now) },
    maxBytes: largestPage,
    redirects: 5,
    operatorUrl: true,
    signal: tools.signal,
  });
  const { movedTo } = response;
  const notBefore = retryAfter(response.headers, now);
  if (response.status === 304 && known) {
    return { articles: null, validators: known.validators, hash: known.hash, notBefore, movedTo };
  }
  const html = isBinary(response.body) ? '' : decodeText(response.body, response.headers['content-type'] ?? null);
  const signs = pageSigns(html);
  const wall = pageTrouble({ ...response, html, asked: url }, signs);
  if (wall && wall.kind !== 'missing') throw wallInstead(url, wall.what);
  if (response.status !== 200) throw refusal(response, now, 'page');
  if (response.url !== url) await heedRobots(response.url, tools);
  const hash = createHash('sha256').update(response.body).digest('hex').slice(0, 32);
  const validators = validatorsOf(response.headers, now);
  if (known?.hash === hash) return { articles: null, validators, hash, notBefore, movedTo };
  const articles = readListing(html, response.url, settings, isOurs);
  if (articles.length === 0) explainEmpty(url, html, signs, before?.listed.length ?? 0, settings);
  return { articles, validators, hash, notBefore, movedTo };
}

/** The articles that a page lists, each once, as its selectors or likeness tell. */
export function readListing(
  html: string,
  address: string,
  { links: selector, title, date }: Selectors,
  isOurs: (url: string) => boolean,
): ListedArticle[] {
  const document = parsePage(html, address);
  const isArticle = ({ url }: ListLink): boolean => isOurs(url) && articleId(url) !== null;
  const all = (selector === undefined ? linksOf(document) : selectedLinks(document, selector)).filter(isArticle);
  const chosen = selector === undefined ? likelyLinks(all, address, isOurs) : titleLinks(all);
  const keys = new Set(chosen.map(({ key }) => key));
  const list = new Map(all.filter(({ key }) => keys.has(key)).map(({ element, key }) => [element, key]));
  const found = new Map<string, ListedArticle>();
  for (const { url, text, element } of chosen) {
    const id = articleId(url)!;
    if (found.has(id)) continue;
    const printed = title === undefined ? null : inTeaser(element, title, list);
    found.set(id, {
      id,
      url: withoutTracking(url),
      title: (printed ?? text) || null,
      date: date === undefined ? null : inTeaser(element, date, list),
    });
  }
  return [...found.values()].slice(0, mostArticles);
}

/** A few articles may all be gone one day; a whole list never is. */
const mostToVanish = 5;

/** Says why a page lists nothing, in words for whoever must mend it; nothing where it may be so. */
function explainEmpty(url: string, html: string, signs: PageSigns, before: number, { links }: Selectors): void {
  if (
    !/<[a-z]/i.test(html) ||
    /^\s*(?:[{[]|<\?xml(?![\s\S]{0,500}<html)|<(?:rss|feed|urlset|sitemapindex)\b)/i.test(html)
  ) {
    throw new UserError(`${url} is not a web page`, {
      next: 'Give the address of a page that lists articles; for a feed use `kind: feed`, for a sitemap `kind: sitemap`.',
    });
  }
  if (signs.textLength < 400 && /<script\b/i.test(html) && !/<a\s[^>]*href/i.test(html)) {
    throw new UserError(`${url} is built by scripts in the reader’s browser: what the server sends lists no article`, {
      next: 'Look on the site for a feed or a sitemap, or ask whoever runs it to send the list in the page itself.',
    });
  }
  const what =
    links === undefined ? 'no link there looks like one to an article' : `nothing there matches \`${links}\``;
  if (before > mostToVanish) {
    throw new UserError(
      `${url} lists no article any more, though it listed ${before}: its layout has changed (${what})`,
      {
        next: 'Look at the page, and put the selector of its articles’ links into `links`.',
      },
    );
  }
  const others = [...html.matchAll(/<a\s[^>]*href/gi)].length;
  if (before === 0 && others >= 5) {
    throw new UserError(`${url} lists no article: ${what}`, {
      next: 'Look at the page, and put the selector of its articles’ links into `links`, such as `.news-list h3 a`.',
    });
  }
}
