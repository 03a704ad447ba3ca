import { type HtmlElement, selectAll } from '#src/markup/html.ts';

/** Takes a block out, and the lists and boxes that are empty without it. */
export function cutBlock(element: HtmlElement, body: HtmlElement): void {
  const parent = element.parentElement;
  element.remove();
  if (
    parent &&
    parent !== body &&
    body.contains(parent) &&
    parent.textContent?.trim() === '' &&
    selectAll(parent, 'img, iframe').length === 0
  ) {
    cutBlock(parent, body);
  }
}
