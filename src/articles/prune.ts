/** Takes out of a body what belongs to its page. */
import { isInlineName, linesOf } from '#src/articles/box-lines.ts';
import { judge, measureOf, type Pruning, type State } from '#src/articles/judge.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, selectAll, textOf } from '#src/markup/html.ts';

/** The texts taken out, in reading order. */
export function pruneBody(body: HtmlElement, pruning: Pruning): string[] {
  const removed: string[] = [];
  const total = measureOf(pruning, body);
  const state: State = { seen: 0, seenProse: 0, story: total.kept || total.prose || total.text, total };
  const visit = (element: HtmlElement, inside: boolean) => {
    if (!inside) dropLooseText(element, pruning.isKept);
    let last: HtmlElement | null = null;
    for (const child of [...element.children]) {
      const { text, prose } = measureOf(pruning, child);
      const before = { ...state };
      const verdict = judge(child, inside, state, pruning);
      if (verdict === 'drop') {
        // What stood over the one before is told already.
        const label = last === null && !isInlineName(child.localName) ? labelOf(child, pruning) : null;
        removed.push(...(label ? linesOf(label) : []), ...linesOf(child));
        label?.remove();
        child.remove();
        last = child;
      } else if (verdict === 'told') child.remove();
      else if (verdict === 'look') visit(child, inside || pruning.tight.includes(child));
      if (verdict !== 'drop' && text > 0) last = null;
      state.seen = before.seen + text;
      state.seenProse = before.seenProse + prose;
    }
  };
  visit(body, pruning.tight.includes(body));
  return removed;
}

/** Words beside the part that holds the story are the page's. */
function dropLooseText(element: HtmlElement, isKept: (node: HtmlNode) => boolean): void {
  for (const node of [...element.childNodes]) {
    if (node.nodeType === 3 && tidy(node.textContent ?? '') !== '' && !isKept(node)) node.textContent = ' ';
  }
}

/** The heading over what goes, where it says so or nothing else is under it. */
function labelOf(element: HtmlElement, { opens, isByline }: Pruning): HtmlElement | null {
  const before = element.previousElementSibling;
  if (!before || tidy(textOf(element)) === '') return null;
  const text = tidy(textOf(before));
  if (text === '' || text.length > 80 || selectAll(before, 'img').length > 0) return null;
  if (/author|byline|signature|tac-?gia/i.test(before.getAttribute('class') ?? '')) return null;
  if (/right/i.test(`${before.getAttribute('style') ?? ''}${before.getAttribute('align') ?? ''}`) || isByline(text))
    return null;
  if (opens(text)) return before;
  const next = element.nextElementSibling;
  const isLast = next === null || /^(?:h[1-6]|footer|aside|nav)$/.test(next.localName) || isAllLink(next);
  return isLast && isHeading(before, text) ? before : null;
}

function isHeading(element: HtmlElement, text: string): boolean {
  if (/^h[2-6]$/.test(element.localName)) return true;
  const bold = selectAll(element, 'b, strong').map((each) => tidy(textOf(each)));
  return element.localName === 'p' && !endsSentence(text.replace(/:$/, '')) && bold.some((each) => each === text);
}

function isAllLink(element: HtmlElement): boolean {
  const text = tidy(textOf(element));
  return text !== '' && selectAll(element, 'a[href]').some((link) => tidy(textOf(link)).length >= text.length * 0.8);
}
