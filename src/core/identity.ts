/** What makes two articles, or two revisions of one, the same. */
import { createHash } from 'node:crypto';
import type { Article, Photo } from '#src/core/article.ts';
import { tidy } from '#src/core/text.ts';

type Content = Pick<
  Article,
  'headline' | 'lead' | 'text' | 'html' | 'byline' | 'photos' | 'attachments' | 'section' | 'tags'
>;

const tracking = /^(?:utm_.*|fbclid|gclid|dclid|msclkid|mc_.*|zarsrc|igshid|_ga|yclid)$/i;

/** One spelling for every address of the same page; null when it is no http(s) address. Path case is kept. */
export function normalizeUrl(address: string): string | null {
  const url = URL.parse(address.trim());
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.hash = '';
  url.username = '';
  url.password = '';
  const kept = [...url.searchParams].filter(([name]) => !tracking.test(name));
  kept.sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)));
  url.search = new URLSearchParams(kept).toString();
  return url.href;
}

/** An article's id in every feed, minted once (RFC 4151): `tag:bao.example,2026-11-25:k3x…`; the day is UTC's. */
export function entryId(siteUrl: string, id: string, now: number): string {
  const domain = URL.parse(siteUrl)?.hostname ?? 'localhost';
  return `tag:${domain},${new Date(now).toISOString().slice(0, 10)}:${id}`;
}

/** SHA-256 (hex) of what readers see. Dates are left out: many feeds touch them without a change. */
export function contentHash(article: Content): string {
  const parts = Object.entries(facets(article)).map(([name, value]) => [name, value]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** What differs, in an editor's words: `headline`, `lead`, `text`, `photos`, `captions`, `byline` …; empty for the same. */
export function changesBetween(before: Content, after: Content): string[] {
  const old = facets(before);
  const now = facets(after);
  return Object.keys(now).filter((name) => JSON.stringify(old[name]) !== JSON.stringify(now[name]));
}

function facets(article: Content): Record<string, unknown> {
  return {
    headline: tidy(article.headline),
    lead: tidy(article.lead),
    text: tidy(article.text),
    byline: article.byline.map(tidy),
    photos: article.photos.map((photo) => photo.url),
    captions: article.photos.map(captionFacts),
    links: linksIn(article.html),
    attachments: article.attachments.map((attachment) => attachment.url),
    section: article.section && tidy(article.section),
    tags: article.tags.map(tidy).sort(order),
  };
}

function captionFacts(photo: Photo): (string | null)[] {
  return [photo.caption, photo.credit, photo.alt].map((text) => text && tidy(text));
}

// The body's HTML is our own sanitiser's, so attributes are in double quotes.
function linksIn(html: string): string[] {
  return [...html.matchAll(/<a\s[^>]*?href="([^"]*)"/g)].map(([, href = '']) => {
    const address = href.replaceAll('&amp;', '&');
    return normalizeUrl(address) ?? address;
  });
}

// By code unit: the order must not change with the machine's language.
function order(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
