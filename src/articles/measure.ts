/** How much text, links and prose every part of a page holds. */
import { type HtmlElement, type HtmlNode, isElement } from '#src/markup/html.ts';

export interface Measure {
  /** Letters, those of scripts that need fewer counted more than once. */
  text: number;
  /** Of them inside links that lead to another page. */
  linked: number;
  /** Of them in paragraphs that read as sentences. */
  prose: number;
  /** Of the prose, what likeness keeps. */
  kept: number;
  links: number;
  images: number;
  /** Texts and images that likeness keeps. */
  chosen: number;
}

export type Measures = ReadonlyMap<HtmlElement, Measure>;

const inline =
  /^(?:a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|q|rp|rt|ruby|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr|br)$/;
const unseen = /^(?:script|style|template|noscript|head|svg|textarea|select|option)$/;
/** Letters a paragraph has at least; headings and labels are shorter. */
const sentenceLength = 50;

/** Measures `root` and everything in it in one walk. `skip`: elements that count for nothing. */
export function measure(
  root: HtmlElement,
  isKept: (node: HtmlNode) => boolean,
  skip: (element: HtmlElement) => boolean = () => false,
): Measures {
  const measures = new Map<HtmlElement, Measure>();
  walk(root, { measures, isKept, skip }, false, emptyRun());
  return measures;
}

/** Letters of a text; one of a script without spaces stands for about two of others. */
export function weigh(text: string): number {
  const trimmed = text.trim();
  if (trimmed === '') return 0;
  const length = trimmed.replace(/\s+/g, ' ').length;
  const dense = /[\u3040-\u9fff\uac00-\ud7af]/.test(trimmed)
    ? (trimmed.match(/[\u3040-\u9fff\uac00-\ud7af]/g)?.length ?? 0)
    : 0;
  return length + dense;
}

export const nothing: Measure = { text: 0, linked: 0, prose: 0, kept: 0, links: 0, images: 0, chosen: 0 };

/** The inline text of one block, gathered until the block ends. */
interface Run {
  text: number;
  linked: number;
  kept: number;
  pauses: boolean;
}

const emptyRun = (): Run => ({ text: 0, linked: 0, kept: 0, pauses: false });

interface Work {
  measures: Map<HtmlElement, Measure>;
  isKept: (node: HtmlNode) => boolean;
  skip: (element: HtmlElement) => boolean;
}

function walk(element: HtmlElement, work: Work, inLink: boolean, outer: Run): Measure {
  const total = { ...nothing };
  work.measures.set(element, total);
  if (unseen.test(element.localName) || work.skip(element)) return total;
  const isInline = inline.test(element.localName);
  const run = isInline ? outer : emptyRun();
  const isLink = element.localName === 'a' && leadsAway(element);
  if (isLink) total.links = 1;
  if (element.localName === 'img') {
    total.images = 1;
    if (work.isKept(element)) total.chosen = 1;
  }
  const linked = inLink || isLink;
  for (const node of element.childNodes) {
    if (node.nodeType === 3) addText(node, work, linked, run, total);
    else if (isElement(node)) add(total, walk(node, work, linked, run));
  }
  if (
    !isInline &&
    !/^h[1-6]$/.test(element.localName) &&
    run.text >= sentenceLength &&
    run.pauses &&
    run.linked < run.text * 0.5
  ) {
    total.prose += run.text;
    if (run.kept >= run.text * 0.5) total.kept += run.text;
  }
  return total;
}

function addText(node: HtmlNode, work: Work, linked: boolean, run: Run, total: Measure): void {
  const text = node.textContent ?? '';
  const weight = weigh(text);
  if (weight === 0) return;
  total.text += weight;
  run.text += weight;
  if (linked) {
    total.linked += weight;
    run.linked += weight;
  }
  if (work.isKept(node)) {
    run.kept += weight;
    total.chosen += 1;
  }
  run.pauses ||= /[.,;:!?…。、，！？؟،؛।]|\p{Script=Thai}|\p{Script=Lao}|\p{Script=Khmer}|\p{Script=Myanmar}/u.test(
    text,
  );
}

function add(total: Measure, part: Measure): void {
  total.text += part.text;
  total.linked += part.linked;
  total.prose += part.prose;
  total.kept += part.kept;
  total.links += part.links;
  total.images += part.images;
  total.chosen += part.chosen;
}

/** Marks within the page are no way out of it. */
function leadsAway(link: HtmlElement): boolean {
  const href = link.getAttribute('href')?.trim() ?? '';
  return href !== '' && !/^(?:#|javascript:|mailto:|tel:)/i.test(href);
}
