/** The links of a page that lists articles. */
import { normalizeUrl } from '#src/core/identity.ts';
import { tidy } from '#src/core/text.ts';
import { baseOf, type HtmlDocument, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

export interface ListLink {
  /** Absolute, without its fragment. */
  url: string;
  /** The same for every spelling of the address. */
  key: string;
  /** What the link says; empty for a picture without words. */
  text: string;
  element: HtmlElement;
}

const mostLinks = 3000;
const longestTitle = 500;

/** All links of the page, in its order. */
export function linksOf(document: HtmlDocument): ListLink[] {
  const base = baseOf(document);
  return selectAll(document, 'a[href]')
    .slice(0, mostLinks)
    .flatMap((element) => toLink(element, base) ?? []);
}

/** The links a selector names: links themselves, or what stands in one or holds one. */
export function selectedLinks(document: HtmlDocument, selector: string): ListLink[] {
  const base = baseOf(document);
  const elements = selectAll(document, selector).flatMap((found) => {
    if (found.matches('a[href]')) return [found];
    const around = found.closest('a[href]');
    return around ? [around] : selectAll(found, 'a[href]');
  });
  return [...new Set(elements)].slice(0, mostLinks).flatMap((element) => toLink(element, base) ?? []);
}

/** The printed words of a link; its picture's or its own description where it has none. */
function toLink(element: HtmlElement, base: string | null): ListLink | null {
  const address = element.getAttribute('href');
  const url = address?.trim().startsWith('#') ? null : absoluteUrl(address, base);
  if (!url || !/^https?:/.test(url)) return null;
  const plain = new URL(url);
  plain.hash = '';
  return {
    url: plain.href,
    key: normalizeUrl(plain.href) ?? plain.href,
    text: tidy(wordsOf(element)).slice(0, longestTitle),
    element,
  };
}

function wordsOf(element: HtmlElement): string {
  // A whole teaser may stand in one link: its heading is the title.
  const [heading] = selectAll(element, 'h1, h2, h3, h4, h5, h6');
  const printed = tidy(textOf(heading ?? element));
  return printed || element.getAttribute('title') || selectAll(element, 'img')[0]?.getAttribute('alt') || '';
}
