/** Blocks that may not leave a body as they are (`pre`, `dd`, `summary`) go as paragraphs: none runs into the next. */
import { type HtmlElement, selectAll } from '#src/markup/html.ts';

export function makeParagraphs(body: HtmlElement): void {
  for (const block of selectAll(body, 'pre, address, summary, dt, dd')) {
    if (selectAll(block, 'p, div, ul, ol, table, figure, blockquote').length > 0) continue;
    const paragraph = body.ownerDocument.createElement('p');
    paragraph.append(...block.childNodes);
    block.replaceWith(paragraph);
  }
}
