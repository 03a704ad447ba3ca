/** What a part of a page says, before it is taken apart into blocks. */
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, textOf } from '#src/markup/html.ts';

/** The first block's text. */
export function firstLine(element: HtmlElement): string {
  let current = element;
  for (;;) {
    const first = [...current.childNodes].find((node) => textOf(node).trim() !== '');
    if (!first) return '';
    if (first.nodeType !== 1 || isInlineName((first as HtmlElement).localName)) break;
    current = first as HtmlElement;
  }
  const parts: string[] = [];
  for (const node of current.childNodes) {
    const isBlock = node.nodeType === 1 && !isInlineName((node as HtmlElement).localName);
    if (isBlock && parts.join('').trim() !== '') break;
    parts.push(textOf(node));
  }
  return tidy(parts.join(''));
}

const longestRow = 160;

/** What a part said, line by line; links that stand side by side are lines of their own. */
export function linesOf(element: HtmlElement): string[] {
  const lines: string[] = [];
  let run: HtmlNode[] = [];
  const flush = () => {
    const texts = run.map((node) => tidy(textOf(node))).filter(Boolean);
    const links = run.filter((node) => node.nodeType === 1 && (node as HtmlElement).localName === 'a');
    if (links.length > 1 && links.length === texts.length) lines.push(...texts);
    else if (texts.length > 0)
      lines.push(tidy(run.map((node) => (node.nodeType === 1 ? `${textOf(node)} ` : textOf(node))).join('')));
    run = [];
  };
  const visit = (current: HtmlElement) => {
    for (const node of current.childNodes) {
      if (node.nodeType === 1 && !isInlineName((node as HtmlElement).localName)) {
        flush();
        const row = (node as HtmlElement).localName === 'tr' ? tidy(textOf(node)) : '';
        // A row is read as one line.
        if (row !== '' && row.length <= longestRow) lines.push(row);
        else visit(node as HtmlElement);
        flush();
      } else run.push(node);
    }
  };
  visit(element);
  flush();
  return lines;
}

/** Whether an element of this name stands in a line of text. */
export function isInlineName(name: string): boolean {
  return /^(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|time|u|label|ins|del)$/.test(name);
}
