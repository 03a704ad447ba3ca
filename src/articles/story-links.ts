/** Links in a body: those of its story, and those to other stories of its page. */
import { isInlineName } from '#src/articles/box-lines.ts';
import { isDocument } from '#src/articles/file-types.ts';
import { type Measure, nothing } from '#src/articles/measure.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { baseOf, type HtmlElement, type HtmlNode, selectAll, textOf } from '#src/markup/html.ts';

const mostBlank = 10;

/** A link between blocks, not in a line of text. */
export function stands(link: HtmlElement): boolean {
  const beside = (node: HtmlNode | null, next: 'nextSibling' | 'previousSibling'): boolean => {
    let at = node;
    // Blank pieces between blocks are few.
    for (
      let count = 0;
      count < mostBlank &&
      at &&
      tidy(textOf(at)) === '' &&
      !(at.nodeType === 1 && !isInlineName((at as HtmlElement).localName));
      count += 1
    )
      at = at[next];
    return at === null || (at.nodeType === 1 && !isInlineName((at as HtmlElement).localName));
  };
  return (
    beside(link.previousSibling, 'previousSibling') &&
    beside(link.nextSibling, 'nextSibling') &&
    link.parentElement?.localName !== 'p'
  );
}

/** A list, box or paragraph that is all links to other pages of the same site, and that no sentence introduces. */
export function isOthers(element: HtmlElement, { text, images }: Measure): boolean {
  if (/^(?:h[1-6]|tr|td|th|tbody|thead|dt|figcaption)$/.test(element.localName)) return false;
  if (text === 0 && images > 0) return false;
  const links = selectAll(element, 'a[href]');
  if (element.localName === 'a') links.push(element);
  const base = baseOf(element.ownerDocument);
  const hrefs = links.map((link) => link.getAttribute('href') ?? '');
  if (hrefs.some((href) => isDocument(href)) || isSentenceOfLinks(element, links)) return false;
  const same = hrefs.filter((href) => isSameSite(href, base)).length;
  if (same * 2 < hrefs.length) return false;
  return !isIntroduced(element);
}

/** `The five are A, B, C and D.`: words of the story that lead to other pages. */
function isSentenceOfLinks(element: HtmlElement, links: readonly HtmlElement[]): boolean {
  if (element.localName !== 'p' || links.length < 2) return false;
  const text = tidy(textOf(element));
  const [first] = links;
  const opening = text.slice(0, text.indexOf(tidy(textOf(first as HtmlElement))));
  return endsSentence(text) && opening.trim().split(' ').length >= 2 && !/[:：|]\s*$/.test(opening);
}

function isSameSite(href: string, base: string | null): boolean {
  const url = URL.parse(href.trim(), base ?? undefined);
  if (!url) return true;
  if (!/^https?:$/.test(url.protocol)) return false;
  const host = (name: string) => name.replace(/^(?:www|m|amp)\./, '');
  return base === null || host(url.hostname) === host(URL.parse(base)?.hostname ?? '');
}

/** A teaser whose link lies over all of it and has no words of its own. */
export function isCovered(element: HtmlElement, { links, linked, text, prose, images }: Measure): boolean {
  return (
    links === 1 &&
    linked === 0 &&
    prose === 0 &&
    images === 0 &&
    text > 0 &&
    text < 200 &&
    selectAll(element, 'a[href]').every((link) => !isDocument(link.getAttribute('href') ?? ''))
  );
}

/** `The teams are:` before a list makes it the story's. */
export function isIntroduced(element: HtmlElement): boolean {
  const before = element.previousElementSibling;
  if (!before) return false;
  const text = tidy(textOf(before));
  return /[:：]$/.test(text) && text.length >= 25 && !/^h[1-6]$/.test(before.localName);
}

/** A table whose every row is a link to another page, and that no sentence introduces. */
export function isLinkTable(table: HtmlElement, { text, linked, links, images }: Measure): boolean {
  const rows = selectAll(table, 'tr').filter((row) => tidy(textOf(row)) !== '');
  const isLinked = rows.length > 1 && links >= rows.length && linked >= text * 0.9 && images === 0;
  return isLinked && isOthers(table, { ...nothing, text }) && !isIntroduced(table);
}

const longestTeaser = 600;

/** A box whose picture and title lead to the same other page: what else it says is of that page. */
export function isTeaserBox(element: HtmlElement, { text, images }: Measure): boolean {
  if (images !== 1 || text === 0 || text > longestTeaser || !/^(?:div|article|section|li)$/.test(element.localName))
    return false;
  const links = selectAll(element, 'a[href]');
  const [target, ...others] = new Set(links.map((link) => link.getAttribute('href') ?? ''));
  if (
    !target ||
    others.length > 0 ||
    isDocument(target) ||
    /\.(?:jpe?g|png|webp|avif|gif)(?:$|[?#])/i.test(target) ||
    !isSameSite(target, baseOf(element.ownerDocument))
  )
    return false;
  const isTitled = links.some((link) => tidy(textOf(link)).length >= 10);
  return isTitled && links.some((link) => selectAll(link, 'img').length > 0);
}
