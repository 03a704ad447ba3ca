/** Which part of a page is the story. */
import { Readability } from '@mozilla/readability';
import type { ReadingSigns } from '#src/articles/draft.ts';
import type { Profile } from '#src/core/profile.ts';
import {
  baseOf,
  type HtmlDocument,
  type HtmlElement,
  parseFragment,
  parsePage,
  selectAll,
  textOf,
} from '#src/markup/html.ts';
import { escapeHtml } from '#src/markup/html-text.ts';

// Beyond this likeness costs seconds, and the page is no news story.
const mostElements = 8_000;
const shortest = 80;

export interface FoundBody {
  element: HtmlElement;
  doubt: string | null;
  kind: ReadingSigns['body'];
}

/** The element an operator's selector names, else the part that reads like a story, else the whole body. */
export function findBody(
  html: string,
  document: HtmlDocument,
  profile: Profile,
  articleBody: string | null,
): FoundBody {
  const configured = selectAll(document, ...profile.selectors.body);
  for (const selector of configured.length > 0 ? profile.selectors.body : []) {
    const [element] = selectAll(document, selector);
    if (element && (lengthOf(element) > 0 || selectAll(element, 'img').length > 0))
      return { element, doubt: null, kind: 'configured' };
  }
  const likely = byLikeness(html, baseOf(document), profile);
  if (likely && lengthOf(likely) >= shortest) return { element: likely, doubt: null, kind: 'likeness' };
  if (articleBody !== null && articleBody.length >= shortest) {
    const paragraphs = articleBody.split(/\n+/).map((text) => `<p>${escapeHtml(text)}</p>`);
    return { element: parseFragment(paragraphs.join(''), baseOf(document)), doubt: null, kind: 'marked' };
  }
  const [marked] = ['[itemprop="articleBody"]', 'article', 'main'].flatMap((selector) => selectAll(document, selector));
  if (marked) return { element: marked, doubt: null, kind: 'marked' };
  return {
    element: document.body,
    doubt: 'The story could not be told from the rest of the page: all of it was taken.',
    kind: 'whole page',
  };
}

/** Readability works on a copy, for it takes the tree apart. */
function byLikeness(html: string, base: string | null, profile: Profile): HtmlElement | null {
  const copy = parsePage(html, base);
  for (const element of selectAll(copy, ...profile.selectors.drop)) element.remove();
  const reader = new Readability(copy as never, {
    maxElemsToParse: mostElements,
    keepClasses: true,
    charThreshold: 200,
  });
  try {
    const content = reader.parse()?.content;
    return content ? parseFragment(content, base) : null;
  } catch {
    return null;
  }
}

function lengthOf(element: HtmlElement): number {
  return textOf(element).trim().length;
}
