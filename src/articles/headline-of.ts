/** Which of the titles a page gives is its article's headline. */
import type { JsonObject } from '#src/articles/json-ld.ts';
import { textOfValue } from '#src/articles/json-ld.ts';
import { markedTexts } from '#src/articles/marked.ts';
import { metaContents } from '#src/articles/meta-tags.ts';
import { plain } from '#src/articles/plain.ts';
import { dayIn } from '#src/core/calendar.ts';
import { tidy } from '#src/core/text.ts';
import { baseOf, type HtmlDocument, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

/** Several times the longest headline: a text in the wrong place is not searched through. */
const longestRead = 2_000;
const mostHeadings = 50;

/** The first title that is no name of the site, whole where another place has more of it; null without one. */
export function headlineOf(
  document: HtmlDocument,
  data: JsonObject,
  selectors: readonly string[],
  siteNames: ReadonlySet<string>,
): string | null {
  const headings = headingsOf(document);
  const [only] = headings.length === 1 ? headings : [];
  const shared = metaContents(document, ['og:title', 'twitter:title'])[0] ?? null;
  const title = tidy(textOf(document.querySelector('title') ?? document.createElement('title')).slice(0, longestRead));
  const candidates = [
    textOfValue(data['headline']),
    shared,
    selectedHeadline(document, selectors),
    ...markedTexts(document, 'headline').slice(0, 1),
    only ?? null,
    textOfValue(data['name']),
    headings.length === 0 ? printedTitle(document, title) : null,
    title,
    headings[0] ?? null,
  ].map((candidate) => plain(candidate?.slice(0, longestRead) ?? null) ?? '');
  const host = URL.parse(baseOf(document) ?? '')?.hostname ?? '';
  const told = candidates
    .map((candidate) => withoutSite(candidate, siteNames, host, headings))
    .filter((candidate) => isHeadline(candidate, siteNames));
  const [first] = told;
  if (first === undefined) return null;
  // The page's own data sometimes stands for another story; then what is printed and shared agrees against it.
  const elsewhere = [shared, title].map((each) =>
    withoutSite(plain(each?.slice(0, longestRead) ?? null) ?? '', siteNames, host, headings),
  );
  const agreed = only !== undefined && elsewhere.some((each) => isSame(each, only)) ? only : null;
  const chosen = agreed !== null && !overlap(first, agreed) ? agreed : first;
  return wholeOf(chosen, [...headings, ...told]);
}

function headingsOf(document: HtmlDocument): string[] {
  return selectAll(document, 'h1')
    .filter(
      (heading) =>
        !selectAll(heading, 'a[href]').some((link) => isFrontPage(link.getAttribute('href') ?? '', document)),
    )
    .slice(0, mostHeadings)
    .map((heading) => tidy(textOf(heading).slice(0, longestRead)))
    .filter(Boolean);
}

const titleName =
  /(?:^|[\s_-])(?:(?:article|news|post|detail|entry|content|story|page|header|tin|bai|sub)-?)?(?:title|headline|header|heading|tieu-?de)(?:$|[\s_-])/i;
/** A portal's name shares its place with the headlines of its place. */
const portal = /^(?:cổng|trang) (?:thông tin|tin)(?: điện tử)?\s|^website\s/iu;
const shortestTitle = 15;

/**
 * Where no heading of the first rank stands, what a page prints as its title while its `<title>` says more (`Site: Headline`)
 * or names only the site or section: the one lower heading or line that is named so. Null where `<title>` itself is printed.
 */
function printedTitle(document: HtmlDocument, title: string): string | null {
  const lines = selectAll(document.body, 'h2, h3, h4, div, p, span, td')
    .filter((each) => (each.textContent ?? '').length <= longestRead && isTitleLine(each))
    .map((each) => tidy(textOf(each)));
  if (lines.includes(title)) return null;
  const part = lines.find((line) => line.length >= shortestTitle && (title.endsWith(line) || title.startsWith(line)));
  const named = [...new Set(lines)].filter(
    (line) => line.length >= shortestTitle && !isTime(line) && (isOfPortal(title) || !isMostly(line, title)),
  );
  return part ?? (named.length === 1 ? (named[0] ?? null) : null);
}

/** `20/11/2026 - 16:05` */
function isTime(line: string): boolean {
  const day = dayIn(line);
  return day !== null && line.length - day.length < shortestTitle;
}

/** Every part of it names the site or a place on it. */
function isOfPortal(title: string): boolean {
  return portal.test(title) || title.split(separators).every((part) => portal.test(part) || noHeadline.test(part));
}

/** Whether most of a line's words stand in the title too: a shorter form of it. */
function isMostly(line: string, title: string): boolean {
  if (!/\s/.test(line) || !/\s/.test(title)) return overlap(line, title);
  const words = line.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const known = new Set(title.toLowerCase().match(/[\p{L}\p{N}]+/gu));
  return words.filter((word) => known.has(word)).length * 2 >= words.length;
}

/** No link, nothing of a menu or a list of other stories, and ranked or named as a title. */
function isTitleLine(element: HtmlElement): boolean {
  if (selectAll(element, 'a[href], img, p, div, li').length > 0 || element.closest('a, li, nav, aside, footer'))
    return false;
  const around = /^span$/.test(element.localName) ? [element.parentElement, element] : [element];
  return around.some((each) => {
    const names = `${each?.getAttribute('class') ?? ''} ${each?.getAttribute('id') ?? ''}`;
    return /^h2$/.test(element.localName) || titleName.test(names.replace(/(\p{Ll})(\p{Lu})/gu, '$1-$2'));
  });
}

/** What the operator's selectors find, unless it is the site's name. */
function selectedHeadline(document: HtmlDocument, selectors: readonly string[]): string | null {
  for (const selector of selectors) {
    for (const element of selectAll(document, selector)) {
      const text = tidy((element.getAttribute('content') ?? textOf(element)).slice(0, longestRead));
      const isHome = selectAll(element, 'a[href]').some((link) =>
        isFrontPage(link.getAttribute('href') ?? '', document),
      );
      if (text !== '' && !isHome) return text;
    }
  }
  return null;
}

/** A heading that leads to the front page is the site's name. */
function isFrontPage(href: string, document: HtmlDocument): boolean {
  const url = URL.parse(href, baseOf(document) ?? 'https://a.invalid/');
  return url !== null && url.pathname === '/' && url.search === '' && !href.startsWith('#');
}

const noHeadline =
  /^(?:home(?:page)?|untitled|article|news|post|blog|title|undefined|null|none|index|trang chủ|tin tức|bài viết|chi tiết(?: tin(?: tức)?)?|chi tiết bài viết|accueil|inicio|startseite|ホーム|トップ|الرئيسية|หน้าแรก)$/iu;

function isHeadline(text: string, siteNames: ReadonlySet<string>): boolean {
  return text !== '' && !siteNames.has(text.toLowerCase()) && !noHeadline.test(text);
}

/** Headline fields are often cut, at 110 characters or with an ellipsis; somewhere the page has the whole. */
function wholeOf(headline: string, others: readonly string[]): string {
  const start = headline.replace(/\s*(?:…|\.\.\.)$/, '');
  if (start === headline && headline.length < 60) {
    // A heading may go on after what another field calls its whole: `Headline` and `Headline - Photos`.
    return headline;
  }
  return others.find((other) => other.length > start.length && other.startsWith(start)) ?? headline;
}

function isSame(a: string, b: string): boolean {
  return fold(a) === fold(b);
}

function fold(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

/** Whether two titles share words enough to be about the same. */
function overlap(a: string, b: string): boolean {
  const [one, other] = [a, b].map((text) => new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []));
  if (!one || !other) return true;
  // Scripts without spaces give one word: then their letters are compared.
  if (one.size <= 2 || other.size <= 2)
    return [...fold(a)].filter((letter) => fold(b).includes(letter)).length * 2 >= fold(a).length;
  return [...one].filter((word) => other.has(word)).length * 4 >= Math.min(one.size, other.size);
}

const separators = /\s+[-–—|·•:»/]+\s+|\s*[｜|]\s*/gu;

/** `Headline - Site`, `Site | Headline` -> `Headline`. */
function withoutSite(title: string, siteNames: ReadonlySet<string>, host: string, headings: readonly string[]): string {
  // `Headline (The Courier)`
  const [, bracketed] = /^(.+?)\s*[(（]([^()（）]{2,30})[)）]$/u.exec(title) ?? [];
  if (bracketed !== undefined && headings.includes(bracketed)) return bracketed;
  const cuts = [...title.matchAll(separators)];
  if (cuts.length === 0) return title;
  const printed = headings.find((heading) => isSame(heading, title));
  if (printed !== undefined) return title;
  for (const cut of cuts) {
    const [before, after] = [title.slice(0, cut.index), title.slice(cut.index + cut[0].length)];
    if (headings.includes(before) || (before.length >= 10 && isSite(after, siteNames, host))) return before;
    if (headings.includes(after)) return after;
  }
  const [first] = cuts;
  const before = title.slice(0, first?.index);
  const after = first ? title.slice(first.index + first[0].length) : '';
  return first && isSite(before, siteNames, '') && after !== '' ? after : title;
}

/** A name of the site: one the page gives, or one whose words make up its address. */
export function isSite(name: string, siteNames: ReadonlySet<string>, host: string): boolean {
  const parts = name.split(separators).map((part) => tidy(part).toLowerCase());
  return parts.every((part) => {
    if (siteNames.has(part)) return true;
    const letters = part
      .normalize('NFD')
      .replace(/đ/g, 'd')
      .replace(/[^a-z0-9]/g, '');
    const address = host.replace(/^www\./, '').replace(/[^a-z0-9]/g, '');
    const [label = ''] = host.replace(/^www\./, '').split('.');
    return (
      letters.length >= 3 &&
      (address.startsWith(letters) || (label.length >= 4 && letters.includes(label.replace(/[^a-z0-9]/g, ''))))
    );
  });
}
