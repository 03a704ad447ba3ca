/** What a page says of its article outside the body; for every field the most trusted place that says it wins. */
import { isObject, type JsonObject, listOf, readJsonLd, textOfValue } from '#src/articles/json-ld.ts';
import { metaContents, readTime, selected } from '#src/articles/meta-tags.ts';
import { plain } from '#src/articles/plain.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { baseOf, type HtmlDocument, selectAll, textOf } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

export interface PagePhoto {
  url: string;
  caption: string | null;
  credit: string | null;
  alt: string | null;
  width: number | null;
  height: number | null;
}

export interface PageFacts {
  headline: string | null;
  sapo: string | null;
  description: string | null;
  authors: string[];
  publishedAt: string | null;
  updatedAt: string | null;
  section: string | null;
  tags: string[];
  language: string | null;
  url: string | null;
  photos: PagePhoto[];
  /** The body as plain text, where JSON-LD carries it. */
  body: string | null;
  paywalled: boolean;
}

/** Reads the page before anything is removed from it. */
export function readFacts(document: HtmlDocument, profile: Profile, siteName: string): PageFacts {
  const data = readJsonLd(document) ?? {};
  const { selectors } = profile;
  const meta = (...names: string[]) => metaContents(document, names)[0] ?? null;
  const names = new Set(
    [siteName, meta('og:site_name'), textOfValue(data['publisher'])].map((name) => tidy(name ?? '').toLowerCase()),
  );
  return {
    headline: headlineOf(document, data, selectors.headline, names),
    sapo: selected(document, selectors.lead),
    description: meta('og:description', 'description', 'twitter:description'),
    authors: authorsOf(document, data, selectors.byline).filter((author) => !isNobody(author, names)),
    publishedAt:
      textOfValue(data['datePublished']) ??
      meta('article:published_time', 'pubdate', 'date', 'dc.date', 'datePublished') ??
      readTime(document, selectors.date),
    updatedAt:
      textOfValue(data['dateModified']) ?? meta('article:modified_time', 'og:updated_time', 'lastmod', 'dateModified'),
    section:
      plain(textOfValue(listOf(data['articleSection'])[0]) ?? meta('article:section')) ??
      selected(document, selectors.section),
    tags: tagsOf(document, data),
    language:
      textOfValue(data['inLanguage'], 'alternateName') ??
      document.documentElement.getAttribute('lang') ??
      meta('og:locale', 'content-language'),
    url: canonicalOf(document),
    photos: photosOf(document, data),
    body: textOfValue(data['articleBody']),
    paywalled: /^false$/i.test(String(data['isAccessibleForFree'] ?? '')),
  };
}

function headlineOf(
  document: HtmlDocument,
  data: JsonObject,
  selectors: string[],
  siteNames: ReadonlySet<string>,
): string | null {
  const headings = selectAll(document, 'h1')
    .map((heading) => tidy(textOf(heading)))
    .filter(Boolean);
  const candidates = [
    textOfValue(data['headline']),
    metaContents(document, ['og:title', 'twitter:title'])[0],
    selected(document, selectors),
    headings.length === 1 ? headings[0] : null,
    textOf(document.querySelector('title') ?? document.createElement('title')),
  ];
  for (const candidate of candidates) {
    const headline = withoutSite(plain(candidate ?? null) ?? '', siteNames);
    if (headline === '' || siteNames.has(headline.toLowerCase())) continue;
    // Headline fields are often cut at 110 characters; the heading has the whole.
    const start = headline.replace(/\s*(?:…|\.\.\.)$/, '');
    return headings.find((heading) => heading.length > start.length && heading.startsWith(start)) ?? headline;
  }
  return null;
}

/** `Headline - Site` -> `Headline`. */
function withoutSite(headline: string, siteNames: ReadonlySet<string>): string {
  const match = /^(.+?)\s+[-–—|·:»]\s+([^-–—|·:»]+)$/u.exec(headline);
  return match?.[1] && match[2] && siteNames.has(match[2].toLowerCase()) ? match[1] : headline;
}

function authorsOf(document: HtmlDocument, data: JsonObject, selectors: string[]): string[] {
  const structured = listOf(data['author']).flatMap((author) => textOfValue(author) ?? []);
  if (structured.length > 0) return structured;
  const meta = metaContents(document, ['article:author', 'author', 'byl']).filter(
    (author) => !/^https?:/i.test(author),
  );
  if (meta.length > 0) return meta;
  const printed = selected(document, selectors);
  return printed === null ? [] : [printed];
}

/** Accounts of an editing system and the paper itself are not who wrote the story. */
export function isNobody(author: string, siteNames: ReadonlySet<string> = new Set()): boolean {
  const name = tidy(author).toLowerCase();
  return (
    name === '' ||
    siteNames.has(name) ||
    /^(?:admin(?:istrator)?|editor|webmaster|root|user ?\d*|ban biên tập|quản trị)$/u.test(name) ||
    name.includes('@')
  );
}

function tagsOf(document: HtmlDocument, data: JsonObject): string[] {
  const structured = listOf(data['keywords']).flatMap((tag) => textOfValue(tag)?.split(/[,;]/) ?? []);
  const meta = metaContents(document, ['article:tag', 'news_keywords', 'keywords']).flatMap((tag) => tag.split(/[,;]/));
  const tags = (structured.length > 0 ? structured : meta).map(tidy).filter((tag) => tag !== '' && tag.length <= 80);
  return [...new Set(tags)].slice(0, 20);
}

/** The address the page gives itself, where it stays on its own site. */
function canonicalOf(document: HtmlDocument): string | null {
  const base = baseOf(document);
  const link =
    document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? metaContents(document, ['og:url'])[0];
  const url = absoluteUrl(link, base);
  if (!url || normalizeUrl(url) === null) return null;
  const host = (address: string) => new URL(address).hostname.replace(/^(?:www|m|amp)\./, '');
  // A canonical that points at the front page is a template's mistake.
  const isFrontPage = new URL(url).pathname === '/' && new URL(url).search === '';
  return base === null || (host(url) === host(base) && !isFrontPage) ? url : null;
}

function photosOf(document: HtmlDocument, data: JsonObject): PagePhoto[] {
  const base = baseOf(document);
  const structured = listOf(data['image']).flatMap((image): PagePhoto[] => {
    const url = absoluteUrl(textOfValue(image, 'url') ?? textOfValue(image, 'contentUrl'), base);
    const fields = isObject(image) ? image : {};
    if (!url) return [];
    const text = (key: string) => plain(textOfValue(fields[key]));
    return [
      {
        url,
        caption: text('caption'),
        credit: text('creditText'),
        alt: null,
        width: size(fields['width']),
        height: size(fields['height']),
      },
    ];
  });
  const [shared] = metaContents(document, ['og:image', 'og:image:url', 'twitter:image']);
  const url = absoluteUrl(shared, base);
  if (!url || structured.some((photo) => photo.url === url)) return structured;
  const meta = (name: string) => metaContents(document, [name])[0] ?? null;
  return [
    ...structured,
    {
      url,
      caption: null,
      credit: null,
      alt: meta('og:image:alt'),
      width: size(meta('og:image:width')),
      height: size(meta('og:image:height')),
    },
  ];
}

function size(value: unknown): number | null {
  const number = Number.parseInt(String(textOfValue(value, 'value') ?? value), 10);
  return number > 0 && number < 100_000 ? number : null;
}
