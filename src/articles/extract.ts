/** What a page says of its article outside the body; for every field the most trusted place that says it wins. */

import { addressOf, nextPageOf } from '#src/articles/address-of.ts';
import { authorsOf } from '#src/articles/authors-of.ts';
import { datesOf } from '#src/articles/dates-of.ts';
import { headlineOf, isSite } from '#src/articles/headline-of.ts';
import { type JsonObject, listOf, readJsonLd, textOfValue } from '#src/articles/json-ld.ts';
import { markedTexts } from '#src/articles/marked.ts';
import { metaContents, selected } from '#src/articles/meta-tags.ts';
import { linesNearHeadline } from '#src/articles/near-headline.ts';
import { type PagePhoto, photosOf } from '#src/articles/page-photos.ts';
import { plain } from '#src/articles/plain.ts';
import { sectionOf } from '#src/articles/section-of.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { baseOf, type HtmlDocument, selectAll, textOf } from '#src/markup/html.ts';

export interface PageFacts {
  headline: string | null;
  sapo: string | null;
  description: string | null;
  authors: string[];
  /** The line that names them, as printed by the headline. */
  bylinePrinted: string | null;
  publishedAt: string | null;
  updatedAt: string | null;
  section: string | null;
  tags: string[];
  language: string | null;
  url: string | null;
  photos: PagePhoto[];
  /** What the site is called, in small letters. */
  siteNames: ReadonlySet<string>;
  /** The body as plain text, where JSON-LD carries it. */
  body: string | null;
  paywalled: boolean;
  /** The address of the page on which the story goes on. */
  nextPage: string | null;
}

export interface FactsRules {
  profile: Profile;
  /** The newsroom's own name. */
  siteName: string;
  /** The newsroom's. */
  zone: string;
  /** Milliseconds: nothing appeared later. */
  now: number;
}

/** Reads the page before anything is removed from it. */
export function readFacts(document: HtmlDocument, { profile, siteName, zone, now }: FactsRules): PageFacts {
  const { selectors } = profile;
  const meta = (...names: string[]) => metaContents(document, names)[0] ?? null;
  const titles = [meta('og:title', 'twitter:title'), ...selectAll(document, 'h1').map(textOf)];
  const jsonLd = readJsonLd(
    document,
    titles.map((title) => tidy(title ?? '')),
  );
  const data = jsonLd.article && !isOfAnotherPage(jsonLd.article, document, titles) ? jsonLd.article : {};
  const host = URL.parse(baseOf(document) ?? '')?.hostname ?? '';
  const siteNames = new Set(
    [
      siteName,
      meta('og:site_name', 'application-name', 'al:ios:app_name'),
      textOfValue(data['publisher']),
      ...homeLinks(document),
      ...behindHeadline(document, titles),
    ]
      .map((name) => tidy(name ?? '').toLowerCase())
      .filter(Boolean),
  );
  const headline = headlineOf(document, data, selectors.headline, siteNames);
  const lines = linesNearHeadline(document, headline);
  const isOwn = (name: string) => isNobody(name, siteNames) || isSite(name, siteNames, host);
  const { publishedAt, updatedAt } = datesOf(document, data, jsonLd, { selectors: selectors.date, lines, zone, now });
  const authors = authorsOf(document, data, {
    selectors: selectors.byline,
    byline: profile.byline,
    lines,
    isNobody: isOwn,
  });
  return {
    headline,
    sapo: selected(document, selectors.lead),
    description:
      meta('og:description', 'description', 'twitter:description', 'dc.description') ??
      markedTexts(document, 'description')[0] ??
      plain(textOfValue(data['description'])),
    authors: authors.names,
    bylinePrinted: authors.printed,
    publishedAt,
    updatedAt,
    section: sectionOf(document, data, jsonLd, selectors.section, lines, headline, siteNames),
    tags: tagsOf(document, data),
    language:
      textOfValue(data['inLanguage'], 'alternateName') ??
      document.documentElement.getAttribute('lang') ??
      meta('og:locale', 'content-language', 'dc.language', 'language') ??
      textOfValue(jsonLd.page?.['inLanguage']),
    url: addressOf(document, data),
    photos: photosOf(document, data),
    siteNames,
    body: textOfValue(data['articleBody']),
    paywalled: isPaywalled(document, data),
    nextPage: nextPageOf(document),
  };
}

/** A template's leftover: the object names another page of the site, and another headline than this page prints. */
function isOfAnotherPage(data: JsonObject, document: HtmlDocument, titles: readonly (string | null)[]): boolean {
  const base = baseOf(document) ?? '';
  const own = URL.parse(textOfValue(data['mainEntityOfPage'], '@id') ?? textOfValue(data['url'], '@id') ?? '', base);
  const canonical = document.querySelector('link[rel~="canonical"]')?.getAttribute('href') ?? '';
  const headline = tidy(textOfValue(data['headline']) ?? '').toLowerCase();
  const known = [base, canonical].flatMap((each) => URL.parse(each, base)?.pathname ?? []);
  if (own === null || own.pathname === '/' || headline === '' || known.includes(own.pathname)) return false;
  const start = headline.slice(0, 20);
  const printed = titles.map((title) => tidy(title ?? '').toLowerCase()).filter((title) => title !== '');
  return printed.length > 0 && !printed.some((title) => title.includes(start) || headline.includes(title.slice(0, 20)));
}

/** What links to the front page are called: the site's name, or the picture of it. */
function homeLinks(document: HtmlDocument): string[] {
  return selectAll(document.body, 'a[href="/"], a[rel~="home"], a[class*="logo" i]')
    .slice(0, 4)
    .flatMap((link) => [textOf(link), ...selectAll(link, 'img').map((image) => image.getAttribute('alt') ?? '')]);
}

/** What the window's title has behind the headline: `Headline – The Paper`. */
function behindHeadline(document: HtmlDocument, titles: readonly (string | null)[]): string[] {
  const title = tidy(textOf(document.querySelector('title') ?? document.createElement('title')).slice(0, 500));
  const told = titles.map((each) => tidy(each ?? '')).find((each) => each.length > 10 && title.startsWith(each));
  const rest = title.slice((told ?? printedStart(document, title)).length);
  return /^\s*[-–—|·•:»｜]/u.test(rest)
    ? rest
        .split(/\s*[-–—|·•:»｜]\s+|｜/u)
        .slice(-1)
        // `The Paper: Headline` is the other way round.
        .filter((part) => part.length > 2 && !titles.some((each) => tidy(each ?? '') === part))
    : [];
}

/** As much of the window's title as the page prints, where it does not print all of it. */
function printedStart(document: HtmlDocument, title: string): string {
  const start = /^(.{15,})\s[-–—|·•:»]\s.{3,60}$/u.exec(title)?.[1] ?? '';
  if (start === '') return title;
  const body = tidy(textOf(document.body).slice(0, 100_000));
  return body.includes(start) && !body.includes(title) ? start : title;
}

const accounts =
  /^(?:super ?user|(?:super|wp|site|web)?[ _-]?admin(?:istrator)?s?\d*|editor(?:s|ial)?|(?:the )?editorial (?:team|staff|board|desk)|web ?master|web ?desk|web ?team|root|user[ _-]?\d*|author|guest|anonymous|n\/?a|none|null|undefined|unknown|staff|(?:our )?staff (?:writer|reporter|correspondent)s?|news ?(?:desk|room|team)|online ?(?:desk|team)|redaktion|la rédaction|rédaction|redacción|la redacción|redação|da redação|redazione|la redazione|ban biên tập|tòa soạn|toà soạn|quản trị(?: viên)?|biên tập viên|편집부|編集部|กองบรรณาธิการ|ทีมข่าว|هيئة التحرير)$/iu;

/** Accounts of an editing system and the paper itself are not who wrote the story. */
export function isNobody(author: string, siteNames: ReadonlySet<string> = new Set()): boolean {
  const name = tidy(author).toLowerCase();
  return (
    name === '' ||
    siteNames.has(name.replace(/^(?:by|von|par|por|theo)\s+/, '')) ||
    accounts.test(name) ||
    name.includes('@') ||
    // `nguyenha`, `user_12`: a login, never a name.
    /^(?=.*[a-z\d])[a-z]*[\d_][\w.-]*$/.test(name) ||
    (/^[a-z][a-z.-]{5,}$/.test(tidy(author)) && !/\./.test(name.slice(-3)))
  );
}

function tagsOf(document: HtmlDocument, data: JsonObject): string[] {
  const split = (tag: string) => tag.split(/[,;、，]/);
  const places = [
    () => listOf(data['keywords']).flatMap((tag) => split(textOfValue(tag) ?? '')),
    () =>
      metaContents(document, ['article:tag', 'news_keywords', 'keywords', 'parsely-tags', 'sailthru.tags']).flatMap(
        split,
      ),
    () => selectAll(document.body, 'a[rel~="tag"]:not([rel~="category"])').map(textOf),
    () =>
      selectAll(
        document.body,
        '[class*="tags" i] a[href], [class*="tag-list" i] a[href], [class*="tu-khoa" i] a[href]',
      ).map(textOf),
  ];
  for (const place of places) {
    const tags = place()
      .map((tag) => (plain(tag) ?? '').replace(/^#\s*/, ''))
      .filter((tag) => tag !== '' && tag.length <= 80);
    if (tags.length > 0) return [...new Set(tags)].slice(0, 20);
  }
  return [];
}

function isPaywalled(document: HtmlDocument, data: JsonObject): boolean {
  const isClosed = (value: unknown) => /^(?:https?:\/\/schema\.org\/)?false$/i.test(String(value ?? ''));
  if (isClosed(data['isAccessibleForFree'])) return true;
  return /^(?:locked|metered|paid|premium)$/i.test(metaContents(document, ['article:content_tier'])[0] ?? '');
}
