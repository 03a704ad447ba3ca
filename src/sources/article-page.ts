import type { RawArticle } from '#src/core/raw-article.ts';
import type { HttpResponse } from '#src/core/tools.ts';
import { decodeText, isBinary } from '#src/markup/charset.ts';
import { isListing, type PageSigns, pageSigns } from '#src/markup/page-signs.ts';
import { pageTrouble } from '#src/markup/page-trouble.ts';
import { wallInstead } from '#src/sources/access-refused.ts';
import { refusal } from '#src/sources/answers.ts';
import { heedRobots, takeTurn } from '#src/sources/manners.ts';
import type { SourceTools } from '#src/sources/source.ts';

export const largestPage = 5 * 1024 * 1024;
export const acceptPage = 'text/html, application/xhtml+xml, */*;q=0.1';

type Page = Extract<RawArticle, { kind: 'page' }>;
type Gone = Extract<RawArticle, { kind: 'gone' }>;

/**
 * An article's own page, in a source the operator gave as `named`; 410 is gone for certain, 404, a page that says it is
 * not there and a redirect to the front page not yet. A page that robots.txt forbids, and a wall in its place, throw
 * `AccessRefused`; other answers throw too.
 */
export async function readArticlePage(url: string, named: string, tools: SourceTools): Promise<Page | Gone> {
  const found = await fetchArticlePage(url, named, tools);
  return 'signs' in found ? found.page : found;
}

/** The same, with what the page gives away of its nature. */
export async function fetchArticlePage(
  url: string,
  named: string,
  tools: SourceTools,
): Promise<{ page: Page; signs: PageSigns } | Gone> {
  const isNamed = new URL(url).host === new URL(named).host;
  // Any other port is refused anyway, its robots.txt too.
  if (isNamed || /^(?:80|443)?$/.test(new URL(url).port)) {
    await heedRobots(url, tools);
    await takeTurn(url, tools);
  }
  const response = await tools.http.request({
    url,
    headers: { accept: acceptPage },
    maxBytes: largestPage,
    redirects: 5,
    operatorUrl: isNamed,
    signal: tools.signal,
  });
  if (response.status === 410) return { kind: 'gone', certain: true, reason: 'its page was taken down (410)' };
  if (response.status === 404) return { kind: 'gone', certain: false, reason: 'its page is not there (404)' };
  const html = isBinary(response.body) ? null : decodeText(response.body, response.headers['content-type'] ?? null);
  const signs = html === null ? null : pageSigns(html);
  const trouble = html !== null && signs ? pageTrouble({ ...response, html, asked: url }, signs) : null;
  if (trouble?.kind === 'broken') throw new Error(`${url} shows ${trouble.what} instead of the page`);
  if (trouble && trouble.kind !== 'missing') throw wallInstead(url, trouble.what);
  if (response.status !== 200) throw refusal(response, tools.clock.now(), 'page');
  if (html === null || !signs) throw new Error('its page holds no text but the bytes of some file');
  if (response.url !== url) await heedRobots(response.url, tools);
  const gone = leadsElsewhere(url, response, signs) ?? (trouble && 'its page says that it is not there');
  if (gone) return { kind: 'gone', certain: false, reason: gone };
  return { page: { kind: 'page', url: response.url, html, hints: {} }, signs };
}

/** A site that sends who asks for an article to its front page or a section has no such article. */
function leadsElsewhere(asked: string, { url }: HttpResponse, signs: PageSigns): string | null {
  const from = new URL(asked).pathname;
  const to = new URL(url).pathname;
  if (from === to) return null;
  if (isFront(to) && !isFront(from)) return 'its address leads to the front page';
  const isAbove = from.startsWith(to.endsWith('/') ? to : `${to}/`);
  return isAbove && isListing(signs) ? 'its address leads to a list of articles' : null;
}

function isFront(path: string): boolean {
  return /^\/(?:index\.\w{3,5}|home|trang-chu(?:\.html?)?)?$/i.test(path);
}
