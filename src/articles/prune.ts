/** Takes out of a body what belongs to its page. */

import { isDocument } from '#src/articles/file-types.ts';
import { isHidden, namedAs } from '#src/articles/furniture.ts';
import { type Measure, type Measures, nothing } from '#src/articles/measure.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { baseOf, type HtmlElement, type HtmlNode, selectAll, textOf } from '#src/markup/html.ts';

export interface Pruning {
  measures: Measures;
  /** What holds most of the story: whatever stands in these is the story's unless it reads like furniture. */
  tight: readonly HtmlElement[];
  /** Parts between headline and story that are the story's. */
  wanted: ReadonlySet<HtmlElement>;
  /** What the operator's selectors say is no part of a story. */
  dropped: ReadonlySet<HtmlElement>;
  /** Whether likeness keeps a text. */
  isKept: (node: HtmlNode) => boolean;
  /** Whether a line opens boilerplate: `Related stories`. */
  opens: (line: string) => boolean;
}

/** A part that holds so much of the prose is the story, whatever it is called. */
const mainShare = 0.3;
const boxShare = 0.25;

/** The texts taken out, in reading order. */
export function pruneBody(body: HtmlElement, pruning: Pruning): string[] {
  const removed: string[] = [];
  const total = measureOf(pruning, body);
  const state: State = { seen: 0, story: total.kept || total.prose || total.text, total };
  const visit = (element: HtmlElement, inside: boolean) => {
    if (!inside) dropLooseText(element, pruning.isKept);
    let last: HtmlElement | null = null;
    for (const child of [...element.children]) {
      const { text } = measureOf(pruning, child);
      const before = state.seen;
      const verdict = pruning.wanted.has(child) ? 'whole' : judge(child, inside, state, pruning);
      if (verdict === 'drop') {
        // What stood over the one before is told already.
        const label = last === null ? labelOf(child, pruning) : null;
        removed.push(...(label ? linesOf(label) : []), ...linesOf(child));
        label?.remove();
        child.remove();
        last = child;
      } else if (verdict === 'look') visit(child, inside || pruning.tight.includes(child));
      if (verdict !== 'drop' && text > 0) last = null;
      state.seen = before + text;
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
function labelOf(element: HtmlElement, { opens }: Pruning): HtmlElement | null {
  const before = element.previousElementSibling;
  if (!before || tidy(textOf(element)) === '') return null;
  const text = tidy(textOf(before));
  if (text === '' || text.length > 80 || selectAll(before, 'img').length > 0) return null;
  if (/author|byline|signature|tac-?gia/i.test(before.getAttribute('class') ?? '')) return null;
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

interface State {
  /** Letters before this part. */
  seen: number;
  /** Letters of the story. */
  story: number;
  total: Measure;
}

function judge(element: HtmlElement, inside: boolean, state: State, pruning: Pruning): 'drop' | 'whole' | 'look' {
  if (pruning.dropped.has(element)) return 'drop';
  const { localName } = element;
  const measured = measureOf(pruning, element);
  const { text, linked, prose, kept, links, chosen } = measured;
  if (pruning.tight.some((part) => element.contains(part))) return 'look';
  if ([...pruning.wanted].some((part) => element.contains(part))) return 'look';
  const share = (state.total.kept > 0 ? kept : prose) / Math.max(1, state.story);
  if (share >= mainShare) return 'look';
  if (/^(?:script|style|br|hr|img|picture|figure|table|blockquote|iframe|video|audio|object|embed)$/.test(localName)) {
    if (!inside && chosen === 0 && prose === 0) return 'drop';
    return namedAs(element) === 'furniture' && localName !== 'blockquote' && chosen === 0 ? 'drop' : 'whole';
  }
  if (isHidden(element)) return 'drop';
  const named = namedAs(element);
  if (named === 'furniture' || (named === 'perhaps' && !inside)) return 'drop';
  const isLinky = links > 0 && linked >= text * 0.6;
  if (localName === 'a' && stands(element) && isLinky && isOthers(element, measured)) return 'drop';
  if (isInlineName(localName)) return inside || chosen > 0 ? 'whole' : 'drop';
  if (isLinky && isIntroduced(element)) return 'whole';
  if (isLinky && isOthers(element, measured)) return 'drop';
  if (named === 'perhaps' && kept < text * 0.5 && linked >= text * 0.4 && links > 0) return 'drop';
  if (isBox(element) && prose <= state.story * boxShare && pruning.opens(firstLine(element))) {
    if (links > 0 || state.seen >= state.total.text * 0.3) return 'drop';
  }
  if (!inside && !isWanted(element, measured)) return 'drop';
  return 'look';
}

/** Outside the part that holds most of it: what likeness keeps, and what cannot be anything but text. */
function isWanted(element: HtmlElement, { text, chosen, prose, links, images }: Measure): boolean {
  if (text === 0 && images === 0) return true;
  if (chosen > 0) return true;
  return prose > 0 && links === 0 && !/^(?:aside|footer|header)$/.test(element.localName);
}

function isInlineName(name: string): boolean {
  return /^(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|time|u|label|ins|del)$/.test(name);
}

/** A link between blocks, not in a line of text. */
function stands(link: HtmlElement): boolean {
  const beside = (node: HtmlNode | null, next: 'nextSibling' | 'previousSibling'): boolean => {
    let at = node;
    while (at && tidy(textOf(at)) === '' && !(at.nodeType === 1 && !isInlineName((at as HtmlElement).localName)))
      at = at[next];
    return at === null || (at.nodeType === 1 && !isInlineName((at as HtmlElement).localName));
  };
  return (
    beside(link.previousSibling, 'previousSibling') &&
    beside(link.nextSibling, 'nextSibling') &&
    link.parentElement?.localName !== 'p'
  );
}

/** A list, box or paragraph that is all links to other pages of the same site, and that no sentence introduces. */
function isOthers(element: HtmlElement, { text, images }: Measure): boolean {
  if (/^(?:h[1-6]|tr|td|th|tbody|thead|dt|figcaption)$/.test(element.localName)) return false;
  if (text === 0 && images > 0) return false;
  const links = selectAll(element, 'a[href]');
  if (element.localName === 'a') links.push(element);
  const base = baseOf(element.ownerDocument);
  const hrefs = links.map((link) => link.getAttribute('href') ?? '');
  if (hrefs.some((href) => isDocument(href))) return false;
  const same = hrefs.filter((href) => isSameSite(href, base)).length;
  if (same * 2 < hrefs.length) return false;
  return !isIntroduced(element);
}

function isSameSite(href: string, base: string | null): boolean {
  const url = URL.parse(href.trim(), base ?? undefined);
  if (!url) return true;
  if (!/^https?:$/.test(url.protocol)) return false;
  const host = (name: string) => name.replace(/^(?:www|m|amp)\./, '');
  return base === null || host(url.hostname) === host(URL.parse(base)?.hostname ?? '');
}

/** `The teams are:` before a list makes it the story's. */
function isIntroduced(element: HtmlElement): boolean {
  const before = element.previousElementSibling;
  if (!before) return false;
  const text = tidy(textOf(before));
  return /[:：]$/.test(text) && text.length >= 25 && !/^h[1-6]$/.test(before.localName);
}

/** A part with parts: what its first line says holds for all of it. */
function isBox(element: HtmlElement): boolean {
  return (
    element.children.length > 1 || (element.children.length === 1 && isBox([...element.children][0] as HtmlElement))
  );
}

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

/** What a part said, line by line; links that stand side by side are lines of their own. */
export function linesOf(element: HtmlElement): string[] {
  const lines: string[] = [];
  let run: HtmlNode[] = [];
  const flush = () => {
    const texts = run.map((node) => tidy(textOf(node))).filter(Boolean);
    const links = run.filter((node) => node.nodeType === 1 && (node as HtmlElement).localName === 'a');
    if (links.length > 1 && links.length === texts.length) lines.push(...texts);
    else if (texts.length > 0) lines.push(tidy(run.map(textOf).join('')));
    run = [];
  };
  const visit = (current: HtmlElement) => {
    for (const node of current.childNodes) {
      if (node.nodeType === 1 && !isInlineName((node as HtmlElement).localName)) {
        flush();
        visit(node as HtmlElement);
        flush();
      } else run.push(node);
    }
  };
  visit(element);
  flush();
  return lines;
}

function measureOf({ measures }: Pruning, element: HtmlElement): Measure {
  return measures.get(element) ?? nothing;
}
