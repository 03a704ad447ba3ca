/** A body as the row of blocks a reader sees. */
import type { Block } from '#src/core/boilerplate.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, isElement, selectAll, textOf } from '#src/markup/html.ts';

export interface BodyBlock extends Block {
  element: HtmlElement;
  /** A photo, not text. */
  photo: boolean;
}

const containers =
  /^(?:div|section|article|main|header|footer|aside|nav|center|body|form|fieldset|ul|ol|dl|blockquote|table|thead|tbody|tfoot|details)$/;
const blockNames = /^(?:p|h[1-6]|li|tr|dt|dd|pre|figure|hr|address|summary|iframe|caption)$/;

/** Paragraphs, headings, list items, table rows and photos in reading order. Loose text becomes paragraphs of its own. */
export function bodyBlocks(body: HtmlElement): BodyBlock[] {
  wrapLooseText(body);
  const blocks: BodyBlock[] = [];
  const walk = (element: HtmlElement) => {
    for (const child of [...element.children]) {
      if (isLeaf(child)) blocks.push(describe(child));
      else walk(child);
    }
  };
  walk(body);
  return blocks.filter((block) => block.photo || block.text !== '');
}

function isLeaf(element: HtmlElement): boolean {
  if (element.localName === 'figure') return true;
  if (containers.test(element.localName)) return false;
  if (element.localName === 'tr') return selectAll(element, 'p, div, table, figure').length === 0;
  return ![...element.children].some((child) => containers.test(child.localName) || blockNames.test(child.localName));
}

function describe(element: HtmlElement): BodyBlock {
  const photo = element.localName === 'figure';
  const text = photo ? '' : tidy(textOf(element));
  const linked = isLinks(element, text);
  return { element, photo, text, linked, furniture: /^h[1-6]$/.test(element.localName) || linked };
}

function isLinks(element: HtmlElement, text: string): boolean {
  if (text === '') return false;
  const linked = selectAll(element, 'a').reduce((sum, link) => sum + tidy(textOf(link)).length, 0);
  const label = /^[^:：]{1,40}[:：]\s*/u.exec(text)?.[0].length ?? 0;
  return linked > 0 && linked >= (text.length - label) * 0.7;
}

/** Text beside blocks, or parted by double line breaks, gets the paragraphs it was meant to have. */
function wrapLooseText(element: HtmlElement): void {
  unwrapInline(element);
  let run: HtmlNode[] = [];
  const flush = () => {
    const text = run.map(textOf).join('');
    const [first] = run;
    if (first && text.trim() !== '') {
      const paragraph = element.ownerDocument.createElement('p');
      (first as HtmlElement).before(paragraph);
      for (const node of run) paragraph.append(node);
    } else for (const node of run) if (isElement(node) && node.localName === 'br') node.remove();
    run = [];
  };
  for (const node of [...element.childNodes]) {
    if (node.nodeType === 8) continue;
    if (isElement(node) && isBlock(node)) {
      flush();
      if (node.localName === 'table') wrapCells(node);
      else if (/^[uod]l$/.test(node.localName)) wrapItems(node);
      else if (containers.test(node.localName)) wrapLooseText(node);
      else if (node.localName === 'p') splitAtBreaks(node);
    } else if (isElement(node) && node.localName === 'br' && isBreak(lastShown(run))) {
      flush();
      node.remove();
    } else run.push(node);
  }
  flush();
}

/** Letters' markup around blocks (`<font><div>…`) would hide the loose text beside them. */
function unwrapInline(element: HtmlElement): void {
  for (let again = true; again; ) {
    again = false;
    for (const child of [...element.children]) {
      if (!/^(?:font|span|b|strong|em|i|u|small|big|tt|a|label|ins|s|center|zone)$/.test(child.localName)) continue;
      if (selectAll(child, 'p, div, figure, table, ul, ol, blockquote, h2, h3, h4').length === 0) continue;
      child.replaceWith(...child.childNodes);
      again = true;
    }
  }
}

/** An item that holds blocks is a text of its own. */
function wrapItems(list: HtmlElement): void {
  for (const item of list.children) {
    if (selectAll(item, 'p, div, ul, ol, section, blockquote').length > 0) wrapLooseText(item);
  }
}

// A cell that holds a text with paragraphs is a page's layout, not a figure in a row.
function wrapCells(table: HtmlElement): void {
  for (const cell of selectAll(table, 'td, th')) {
    if (cell.closest('table') === table && selectAll(cell, 'p, div, br').length > 0) wrapLooseText(cell);
  }
}

function isBlock(element: HtmlElement): boolean {
  return (
    containers.test(element.localName) ||
    blockNames.test(element.localName) ||
    selectAll(element, 'p, div, figure, table').length > 0
  );
}

function lastShown(nodes: readonly HtmlNode[]): HtmlNode | undefined {
  return nodes.findLast((node) => isElement(node) || textOf(node).trim() !== '');
}

function isBreak(node: HtmlNode | undefined): boolean {
  return isElement(node) && node.localName === 'br';
}

/** `one<br><br>two` in one paragraph is two. */
function splitAtBreaks(paragraph: HtmlElement): void {
  const groups: HtmlNode[][] = [[]];
  for (const node of [...paragraph.childNodes]) {
    const group = groups.at(-1) ?? [];
    if (isBreak(node) && isBreak(lastShown(group))) groups.push([]);
    else group.push(node);
  }
  if (groups.length === 1) return;
  for (const group of groups) {
    const part = paragraph.ownerDocument.createElement('p');
    for (const node of group) part.append(node);
    paragraph.before(part);
  }
  paragraph.remove();
}
