import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

const highest = 8;
const longest = 500;

/**
 * What a selector finds in the teaser around a link: as far out as no other article of the list stands. `list`: every
 * link of it, with what its address is known by.
 */
export function inTeaser(link: HtmlElement, selector: string, list: ReadonlyMap<HtmlElement, string>): string | null {
  const key = list.get(link);
  let around: HtmlElement | null = link;
  for (let step = 0; around && step < highest; step++) {
    const [found] = around.matches(selector) ? [around] : selectAll(around, selector);
    if (found) return tidy(found.getAttribute('datetime') ?? textOf(found)).slice(0, longest) || null;
    around = around.parentElement;
    if (around && selectAll(around, 'a').some((other) => list.has(other) && list.get(other) !== key)) return null;
  }
  return null;
}
