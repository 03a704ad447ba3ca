/** Which of a site's many sitemap files are worth a look. */
import { readDate } from '#src/core/date.ts';
import type { SitemapEntry } from '#src/markup/sitemap-walker.ts';

const mostRoots = 6;
const mostChildren = 5;
const fresh = 72 * 3_600_000;

const newsName = /news|tin-?moi|latest|recent|today/i;
const articleName = /article|post|story|stories|tin|bai|content|detail/i;
const sideName =
  /(?<![a-z])(?:images?|photos?|videos?|authors?|tac-?gia|tags?|categor\w*|chuyen-?muc|topics?|taxonom\w*|sections?|static|pages?|events?|products?|users?|media)(?![a-z])/i;

/** The best first, by their names alone. */
export function chooseRoots(urls: readonly string[], now: number): string[] {
  return byWorth(urls, now).slice(0, mostRoots);
}

/** The newest first where the index dates them, else by their names. */
export function chooseChildren(entries: readonly SitemapEntry[], now: number): string[] {
  const dated = entries.map(({ loc, lastmod }) => ({ loc, at: lastmod === null ? null : timeOf(lastmod) }));
  const times = new Set(dated.map(({ at }) => at));
  const isDated = !times.has(null) && (times.size > 1 || entries.length === 1);
  if (!isDated)
    return byWorth(
      entries.map(({ loc }) => loc),
      now,
    ).slice(0, mostChildren);
  dated.sort((a, b) => b.at! - a.at!);
  const recent = dated.filter(({ at }) => at! > now - fresh);
  const chosen = (recent.length > 0 ? recent : dated.slice(0, 1)).map(({ loc }) => loc);
  // Stable: of the same worth, the newest first.
  return chosen.sort((a, b) => sideways(a) - sideways(b)).slice(0, mostChildren);
}

/** Files of months and pages count up: the highest number is the newest. */
function byWorth(urls: readonly string[], now: number): string[] {
  const ranked = [...new Set(urls)].map((url) => ({ url, worth: worthOf(url, now) }));
  const order = new Intl.Collator('en', { numeric: true });
  ranked.sort((a, b) => b.worth - a.worth || order.compare(b.url, a.url));
  const useful = ranked.filter(({ worth }) => worth >= 0);
  return (useful.length > 0 ? useful : ranked).map(({ url }) => url);
}

function worthOf(url: string, now: number): number {
  const name = nameOf(url);
  const month = new Date(now).toISOString().slice(0, 7);
  const isThisMonth = name.includes(month) || name.includes(month.replace('-', ''));
  if (newsName.test(name)) return 4;
  if (sideName.test(name)) return -2;
  return (articleName.test(name) ? 1 : 0) + (isThisMonth ? 2 : 0);
}

const sideways = (url: string): number => Number(sideName.test(nameOf(url)) && !newsName.test(nameOf(url)));

function nameOf(url: string): string {
  return URL.parse(url)?.pathname.replace(/site-?maps?|\.(?:xml|gz|txt|php)/gi, ' ') ?? url;
}

function timeOf(printed: string): number | null {
  const date = readDate(printed, 'UTC');
  return date && Date.parse(date.at);
}
