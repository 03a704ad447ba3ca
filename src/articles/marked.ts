/** What a page's own markup says of its article: microdata, RDFa, and the class names of h-entry and hAtom. */
import { namedAs } from '#src/articles/furniture.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlDocument, type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

const property = (name: string) => `[itemprop~="${name}"], [property~="${name}"], [property~="schema:${name}"]`;

/** Texts of the article's own fields, in document order; those of teasers, authors and publishers are not among them. */
export function markedTexts(
  document: HtmlDocument,
  field: 'headline' | 'datePublished' | 'dateModified' | 'articleSection' | 'description',
): string[] {
  return selectAll(document.body, property(field), ...classes[field])
    .filter((element) => !isElsewhere(element))
    .map((element) => (field.startsWith('date') ? timeOf(element) : printedValue(element)))
    .filter((text) => text !== '');
}

const classes: Readonly<Record<Parameters<typeof markedTexts>[1], readonly string[]>> = {
  headline: ['.h-entry .p-name', '.hentry .entry-title', 'h1.entry-title'],
  datePublished: [
    '[property~="dc:date"][content]',
    '[property~="dc:created"][content]',
    '.h-entry .dt-published',
    '.hentry .published',
    '.entry-date.published',
    'time[pubdate]',
  ],
  dateModified: ['.h-entry .dt-updated', '.hentry .updated', 'time.updated'],
  articleSection: ['.h-entry .p-category'],
  description: ['.h-entry .p-summary'],
};

/** Authors one by one: the name inside each, where one is marked. */
export function markedAuthors(document: HtmlDocument): string[] {
  const authors = selectAll(
    document.body,
    property('author'),
    '.h-entry .p-author',
    '.hentry .author.vcard',
    '.hentry .vcard.author',
  ).filter((element) => !isElsewhere(element));
  const outer = authors.filter((element) => !authors.some((other) => other !== element && other.contains(element)));
  return outer
    .flatMap((element) => {
      const names = selectAll(element, property('name'), '.fn', '.p-name', '[rel~="author"]');
      const texts = (names.length > 0 ? names : [element]).map(printedValue);
      return [...new Set(texts)];
    })
    .filter((text) => text !== '' && text.length <= 200);
}

/** In a teaser, a comment or a menu; the first article of a page is its own. */
function isElsewhere(element: HtmlElement): boolean {
  for (let at = element.parentElement; at; at = at.parentElement) {
    if (namedAs(at) === 'furniture' && !/^(?:body|main|article)$/.test(at.localName)) return true;
    const type = at.getAttribute('itemtype') ?? '';
    if (/(?:Comment|WebSite|Organization|ItemList|ImageObject|VideoObject)$/.test(type)) return true;
  }
  return false;
}

function printedValue(element: HtmlElement): string {
  const content = element.getAttribute('content');
  return tidy(content ?? textOf(element));
}

export function timeOf(element: HtmlElement): string {
  const inner = element.localName === 'time' ? null : element.querySelector('time[datetime]');
  const value =
    element.getAttribute('datetime') ??
    element.getAttribute('content') ??
    inner?.getAttribute('datetime') ??
    (element.localName === 'abbr' ? element.getAttribute('title') : null);
  return tidy(value ?? textOf(element));
}
