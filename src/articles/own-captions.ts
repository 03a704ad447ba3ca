import { type HtmlElement, selectAll } from '#src/markup/html.ts';

/** What a profile's selectors call a caption is marked as pages mark theirs. */
export function markCaptions(body: HtmlElement, selectors: readonly string[]): void {
  for (const element of selectAll(body, ...selectors)) {
    element.setAttribute('class', `${element.getAttribute('class') ?? ''} caption`.trim());
  }
}
