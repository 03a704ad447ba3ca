/** Which part of the paper an article stands in. */
import { type JsonLd, type JsonObject, listOf, textOfValue } from '#src/articles/json-ld.ts';
import { markedTexts } from '#src/articles/marked.ts';
import { metaContents, selected } from '#src/articles/meta-tags.ts';
import type { NearLine } from '#src/articles/near-headline.ts';
import { plain } from '#src/articles/plain.ts';
import { isCapitals, tidy } from '#src/core/text.ts';
import { baseOf, type HtmlDocument, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

const longest = 60;
const sectionNames =
  /(?:^|[\s_-])(?:section|category|categori[sz]e|categoria|categorie|kategorie|rubrik|rubrique|seccion|ressort|chuyen-?muc|cat|kicker|topic)(?:$|[\s_-])/i;
const authorNames = /author|byline|tac-?gia/i;
const noSection =
  /^(?:home(?:page)?|news ?home|front ?page|main|index|default|details?|artikel|beitrag|uncategori[sz]ed|none|null|undefined|trang chủ|trang nhất|chưa phân loại|mặc định|startseite|home ?seite|accueil|inicio|início|portada|beranda|ホーム|トップ(?:ページ)?|首页|首頁|홈|الرئيسية|หน้าแรก|หน้าหลัก|главная|›|»|>|\/)$/iu;

/** As the page's data says, else as it prints it, else the last breadcrumb before the headline. */
export function sectionOf(
  document: HtmlDocument,
  data: JsonObject,
  { crumbs }: JsonLd,
  selectors: readonly string[],
  lines: readonly NearLine[],
  headline: string | null,
  siteNames: ReadonlySet<string>,
): string | null {
  const isSection = (text: string | null): text is string =>
    text !== null &&
    text.length <= longest &&
    // An address, no name.
    !/^[\w-]+(?:\/[\w-]+)+\/?$/.test(text) &&
    !noSection.test(text) &&
    !siteNames.has(text.toLowerCase()) &&
    text.toLowerCase() !== headline?.toLowerCase();
  const direct = [
    ...listOf(data['articleSection']).map((each) => textOfValue(each)),
    ...metaContents(document, ['article:section', 'section', 'parsely-section', 'cxenseparse:section', 'columnname']),
    ...markedTexts(document, 'articleSection'),
    selected(document, selectors),
  ].map(
    (text) =>
      plain(text)
        ?.replace(/[›»>/]+$/, '')
        .trim() ?? null,
  );
  const told = direct.find(isSection);
  if (told !== undefined) return told;
  for (const trail of [crumbs, printedCrumbs(document)]) {
    const kept = trail
      .map((crumb) => plain(crumb))
      .filter(isSection)
      .filter((crumb) => !isHeadline(crumb, headline));
    const last = kept.at(-1);
    if (last !== undefined) return last;
  }
  const parent = parentLink(document);
  if (isSection(parent)) return parent;
  const over = new Set(
    lines
      .filter(({ linked, text }) => linked && isSection(text) && text.length <= 30 && text.split(' ').length <= 3)
      .map(({ text }) => text),
  );
  const printed = [
    ...lines.filter(({ names }) => sectionNames.test(names) && !authorNames.test(names)).map(({ text }) => text),
    ...selectAll(document.body, categoryLinks).slice(0, 1).map(textOf),
    // A short link over the headline; several are a menu.
    ...(over.size === 1 ? over : []),
  ].map((text) => tidy(text).replace(/^[^:：]{1,25}[:：]\s*/u, ''));
  return printed.find((text) => isSection(text) && text !== '' && text.length <= 40 && !/\d/.test(text)) ?? null;
}

/** What the page calls the address its own begins with: `/culture` for `/culture/2026/11/a-story.html`. */
function parentLink(document: HtmlDocument): string | null {
  const base = baseOf(document) ?? '';
  const own = URL.parse(base);
  const folders = own?.pathname.split('/').filter(Boolean).slice(0, -1) ?? [];
  if (!own || folders.length === 0) return null;
  const links = selectAll(document.body, 'a[href]').slice(0, 300);
  for (const count of [2, 1].filter((each) => each <= folders.length)) {
    const path = `/${folders.slice(0, count).join('/')}`;
    const same = links.filter((each) => {
      const url = URL.parse(each.getAttribute('href') ?? '', base);
      return (
        url?.hash === '' &&
        url.host === own.host &&
        url.pathname.replace(/\/$/, '') === path &&
        tidy(textOf(each)) !== ''
      );
    });
    const names = same.map((each) => tidy(textOf(each)));
    // Menus print in capitals what stands in its own letters elsewhere.
    const text = names.find((name) => !isCapitals(name)) ?? names[0] ?? '';
    if (text !== '' && text.length <= 40 && !/\d/.test(text)) return text;
  }
  return null;
}

const categoryLinks = 'a[rel~="category"], [class*="category" i]:not(nav):not(body) > a[href]';

/** A last crumb is often the headline, cut. */
function isHeadline(crumb: string, headline: string | null): boolean {
  const start = crumb.toLowerCase().replace(/\s*(?:…|\.\.\.)$/, '');
  return headline !== null && start.length > 12 && headline.toLowerCase().startsWith(start);
}

const trails =
  '[itemtype$="BreadcrumbList"], [aria-label*="breadcrumb" i], [class*="crumb" i], [id*="crumb" i], [typeof="BreadcrumbList"], [data-role="breadcrumb"], [class*="breakumb" i], [class*="ariane" i], [class*="kruemel" i], [class~="path"], [class*="duong-dan" i], [class*="migas" i], [class*="location" i], [class*="position" i]';

function printedCrumbs(document: HtmlDocument): string[] {
  const [trail] = selectAll(document.body, trails).filter(
    (each) => selectAll(each, 'a[href], li').length > 0 && textOf(each).length < 400,
  );
  if (!trail) return [];
  const items = selectAll(trail, 'li, [itemprop="itemListElement"]');
  const inner = items.filter((item) => !items.some((other) => other !== item && item.contains(other)));
  const crumbs: HtmlElement[] = inner.length > 1 ? inner : selectAll(trail, 'a[href]');
  return crumbs.map((crumb) => tidy(textOf(crumb)).replace(/^[›»>/|\s]+|[›»>/|\s]+$/gu, '')).filter(Boolean);
}
