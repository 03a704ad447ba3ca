/** The short lines around a headline: names, times, sections, as the page prints them. */
import { isHidden, namedAs } from '#src/articles/furniture.ts';
import { weigh } from '#src/articles/measure.ts';
import { asciiDigits, dayIn } from '#src/core/calendar.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { withoutWeekday } from '#src/core/weekdays.ts';
import { type HtmlDocument, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

export interface NearLine {
  text: string;
  /** Names of the element and of the two around it. */
  names: string;
  /** It leads to another page, and stands over the headline. */
  linked: boolean;
}

const mostAfter = 24;
const mostBefore = 6;
const longest = 200;
const paragraph = 120;

/** Those after the headline, as far as the story's second paragraph, nearest first; then the few before it. */
export function linesNearHeadline(document: HtmlDocument, headline: string | null): NearLine[] {
  const heading = headingOf(document.body, headline);
  if (!heading) return [];
  const after = collect(heading, 'after', mostAfter);
  return [...after, ...collect(heading, 'before', mostBefore)];
}

/** The element that prints the headline, else the page's only first heading. */
export function headingOf(body: HtmlElement, headline: string | null): HtmlElement | null {
  const headings = selectAll(body, 'h1, h2, h3');
  const same = headings.find((each) => headline !== null && tidy(textOf(each)) === headline);
  const only = headings.filter((each) => each.localName === 'h1');
  if (same) return same;
  // A page's only first heading is often the site's name, and the headline stands in an element of no rank.
  const printed = headline === null ? null : smallest(body, headline);
  return printed ?? (only.length === 1 ? (only[0] ?? null) : null);
}

/** The smallest part that holds headline and text; null where no headline is printed and no article is marked. */
export function partAround(headline: HtmlElement | null, story: HtmlElement): HtmlElement | null {
  let around = headline && !story.contains(headline) ? headline.parentElement : story.closest('article, main');
  while (around && !around.contains(story)) around = around.parentElement;
  return around;
}

/** Old pages print it in a table's cell or a `font`. */
function smallest(body: HtmlElement, headline: string): HtmlElement | null {
  const found = selectAll(body, 'td, div, span, font, b, strong, p').filter((each) => {
    const text = each.textContent ?? '';
    return text.length < headline.length * 3 && tidy(textOf(each)) === headline;
  });
  return found.at(-1) ?? null;
}

function collect(from: HtmlElement, side: 'after' | 'before', most: number): NearLine[] {
  const lines: NearLine[] = [];
  let paragraphs = 0;
  const next = (element: HtmlElement) =>
    side === 'after' ? element.nextElementSibling : element.previousElementSibling;
  const visit = (element: HtmlElement): boolean => {
    if (
      isHidden(element) ||
      (side === 'after' &&
        namedAs(element) === 'furniture' &&
        !holdsFacts(element) &&
        !tellsOfText.test(element.getAttribute('class') ?? '')) ||
      /caption/i.test(element.getAttribute('class') ?? '') ||
      /^(?:script|style|noscript|figure|template|nav)$/.test(element.localName)
    )
      return true;
    const text = tidy(textOf(element));
    if (text === '') return true;
    const children = [...element.children].filter((child) => tidy(textOf(child)) !== '');
    // What stands with a picture is said of the picture.
    if (text.length <= longest && selectAll(element, 'img').length === 0) {
      const names = namesAround(element);
      const day = dayIn(asciiDigits(text));
      const parts = [
        day && isLeaf(element) && !/[|•·]/u.test(text.slice(0, day.index))
          ? withoutWeekday(text.slice(0, day.index).replace(/[\s,|•·–—-]+$/u, ''))
          : '',
        ...text.split(/\s*[|•·]\s*/u),
      ].filter((part) => part !== '' && part !== text);
      lines.push(
        ...[text, ...parts].map((each) => ({
          text: each,
          names,
          linked: side === 'before' && each === text && isLink(element),
        })),
      );
    } else if (children.length === 0 && weigh(text) > paragraph) paragraphs += 1;
    if (paragraphs > 1 || lines.length >= most) return false;
    if (weigh(text) > paragraph && endsSentence(text) && isLeaf(element)) {
      paragraphs += 1;
      return paragraphs <= 1;
    }
    return (side === 'after' ? children : children.reverse()).every(visit);
  };
  for (let at: HtmlElement | null = from; at && at.localName !== 'body'; at = at.parentElement) {
    for (let sibling = next(at); sibling; sibling = next(sibling)) {
      if (!visit(sibling)) return lines.slice(0, most);
    }
  }
  return lines;
}

/** `author-share-top`, `date-and-tools`: buttons in the same line as names or times. */
const tellsOfText = /(?:^|[\s_-])(?:author|byline|tac-?gia|date|ngay)[_-]/i;

/** Names and time in one line with the buttons to share. */
function holdsFacts(element: HtmlElement): boolean {
  const facts = selectAll(element, 'time[itemprop="datePublished"], [itemprop="author"], [rel~="author"]');
  return facts.length > 0 && textOf(element).length <= longest;
}

function isLink(element: HtmlElement): boolean {
  const [only] = element.localName === 'a' ? [element] : [...element.children];
  return (
    only?.localName === 'a' &&
    /^(?!#|javascript:)/i.test(only.getAttribute('href') ?? '#') &&
    tidy(textOf(only)) === tidy(textOf(element))
  );
}

function isLeaf(element: HtmlElement): boolean {
  return selectAll(element, 'p, div, ul, table, section, li').length === 0;
}

/** Where pages of a paper's own people stand. */
const authorPage =
  /\/(?:authors?|by|people|staff|writers?|journalists?|reporters?|contributors?|tac-?gia|autore?s?|auteurs?|redakteur)\//i;

function namesAround(element: HtmlElement): string {
  const parent = element.parentElement;
  const isAuthors = element.localName === 'a' && authorPage.test(element.getAttribute('href') ?? '');
  const names = [element, parent, parent?.parentElement].map(
    (each) =>
      `${each?.getAttribute('class') ?? ''} ${each?.getAttribute('rel') ?? ''} ${each?.getAttribute('itemprop') ?? ''}`,
  );
  return [isAuthors ? 'author' : '', ...names].join(' ');
}
