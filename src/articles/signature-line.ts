/** Whether an element is the line under a story that says who wrote it, by how it is set. */
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

const longest = 80;

/** A short line of its own, set to the right. */
export function isSetAsSignature(element: HtmlElement): boolean {
  const style = `${element.getAttribute('style') ?? ''};${element.getAttribute('align') ?? ''}`;
  if (!/(?:text-align\s*:\s*right|;\s*right)/i.test(style)) return false;
  const text = tidy(textOf(element));
  return text !== '' && text.length <= longest && selectAll(element, 'img, a[href]').length === 0;
}
