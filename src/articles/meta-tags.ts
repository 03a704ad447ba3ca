/** A page's `<meta>` tags, `itemprop` attributes and what an operator's selectors find. */
import { tidy } from '#src/core/text.ts';
import { type HtmlDocument, selectAll, textOf } from '#src/markup/html.ts';

interface MetaTag {
  name: string;
  content: string;
}

const read = new WeakMap<HtmlDocument, MetaTag[]>();
/** A text in the wrong place; every field of an article asks for these. */
const longest = 5_000;
const mostTags = 1_000;

/** Every value of the first of `names` that has one; `property`, `name` and `itemprop` alike. */
export function metaContents(document: HtmlDocument, names: readonly string[]): string[] {
  const tags = tagsOf(document);
  for (const name of names) {
    const found = tags.filter((tag) => tag.name === name.toLowerCase());
    if (found.length > 0) return found.map((tag) => tag.content);
  }
  return [];
}

/** Asked before the page is changed, or for what no change touches. */
function tagsOf(document: HtmlDocument): MetaTag[] {
  const known = read.get(document);
  if (known) return known;
  const tags = selectAll(document, 'meta')
    .slice(0, mostTags)
    .map((tag) => ({
      name: (
        tag.getAttribute('property') ??
        tag.getAttribute('name') ??
        tag.getAttribute('itemprop') ??
        ''
      ).toLowerCase(),
      content: tidy((tag.getAttribute('content') ?? '').slice(0, longest)),
    }))
    .filter((tag) => tag.content !== '');
  read.set(document, tags);
  return tags;
}

/** The text of the first element that any of the selectors finds; null for none. */
export function selected(document: HtmlDocument, selectors: readonly string[]): string | null {
  if (selectAll(document, ...selectors).length === 0) return null;
  for (const selector of selectors) {
    for (const element of selectAll(document, selector)) {
      const text = tidy(element.getAttribute('content') ?? textOf(element));
      if (text !== '') return text;
    }
  }
  return null;
}
