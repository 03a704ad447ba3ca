/** Related stories and the like that a page sets beside its story, in boxes of their own. */
import { linesOf } from '#src/articles/box-lines.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

const longestLabel = 60;
const longestBox = 2_000;
const mostLines = 40;

/** What they say, by the phrases that open them, for the record: they never were part of the text. */
export function linesBeside(around: HtmlElement, story: HtmlElement, opens: (line: string) => boolean): string[] {
  const listed = new Set<HtmlElement>();
  const lines: string[] = [];
  for (const label of selectAll(around, 'h2, h3, h4, h5, h6, p, div, b, strong, span, dt, td, li')) {
    if (lines.length >= mostLines) break;
    if (story.contains(label) || label.contains(story) || isListed(label, listed)) continue;
    if ((label.textContent ?? '').length > longestLabel * 2) continue;
    const text = tidy(textOf(label));
    if (text === '' || text.length > longestLabel || !opens(text)) continue;
    const box = boxOf(label, story);
    listed.add(box);
    lines.push(...linesOf(box));
  }
  return lines.slice(0, mostLines);
}

/** The smallest part that holds more than the label. */
function boxOf(label: HtmlElement, story: HtmlElement): HtmlElement {
  const own = tidy(textOf(label));
  let box = label;
  while (box.parentElement && tidy(textOf(box)) === own) box = box.parentElement;
  return box.contains(story) || tidy(textOf(box)).length > longestBox ? label : box;
}

function isListed(element: HtmlElement, listed: ReadonlySet<HtmlElement>): boolean {
  for (let at: HtmlElement | null = element; at; at = at.parentElement) if (listed.has(at)) return true;
  return false;
}
