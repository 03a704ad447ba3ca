/** HTML as a tree: the one place that knows the parser. */
import { parseHTML } from 'linkedom';
import { absoluteUrl } from '#src/markup/html-text.ts';
import { limitMarkup } from '#src/markup/limits.ts';

/** The part of the DOM that readers of a page use. */
export interface HtmlNode {
  readonly nodeType: number;
  readonly childNodes: ArrayLike<HtmlNode> & Iterable<HtmlNode>;
  readonly parentNode: HtmlNode | null;
  readonly parentElement: HtmlElement | null;
  readonly nextSibling: HtmlNode | null;
  readonly previousSibling: HtmlNode | null;
  textContent: string | null;
}

export interface HtmlElement extends HtmlNode {
  readonly localName: string;
  readonly children: ArrayLike<HtmlElement> & Iterable<HtmlElement>;
  readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
  readonly firstElementChild: HtmlElement | null;
  readonly nextElementSibling: HtmlElement | null;
  readonly previousElementSibling: HtmlElement | null;
  readonly ownerDocument: HtmlDocument;
  innerHTML: string;
  readonly outerHTML: string;
  getAttribute(name: string): string | null;
  setAttribute(name: string, value: string): void;
  matches(selector: string): boolean;
  closest(selector: string): HtmlElement | null;
  querySelector(selector: string): HtmlElement | null;
  querySelectorAll(selector: string): Iterable<HtmlElement>;
  contains(node: HtmlNode): boolean;
  append(...nodes: (HtmlNode | string)[]): void;
  prepend(...nodes: (HtmlNode | string)[]): void;
  before(...nodes: (HtmlNode | string)[]): void;
  after(...nodes: (HtmlNode | string)[]): void;
  replaceWith(...nodes: (HtmlNode | string)[]): void;
  remove(): void;
}

export interface HtmlDocument extends HtmlElement {
  readonly documentElement: HtmlElement;
  readonly head: HtmlElement;
  readonly body: HtmlElement;
  createElement(name: string): HtmlElement;
  createTextNode(text: string): HtmlNode;
  cloneNode(deep: true): HtmlDocument;
}

/** A whole page. Its `<base>` is made absolute, or set to `address`, so that relative links can be resolved. */
export function parsePage(html: string, address: string | null): HtmlDocument {
  const flat = limitMarkup(html.replaceAll('\u0000', ''));
  // The parser takes the first element for the root, whatever it is.
  const whole = /<html[\s>]/i.test(flat) ? flat : `<!doctype html><html><head></head><body>${flat}</body></html>`;
  const document = parseHTML(whole).document as unknown as HtmlDocument;
  setBase(document, address);
  return document;
}

/** The parent element of a piece of HTML. */
export function parseFragment(html: string, address: string | null): HtmlElement {
  return parsePage(`<!doctype html><html><head></head><body>${html}</body></html>`, address).body;
}

/** The address that relative links in the page start from; null when none is known. */
export function baseOf(document: HtmlDocument): string | null {
  return document.querySelector('base[href]')?.getAttribute('href') ?? null;
}

/** All elements that any of the selectors matches, in document order; what is no selector matches nothing. */
export function selectAll(element: HtmlElement, ...selectors: readonly string[]): HtmlElement[] {
  if (selectors.length === 0) return [];
  const joined = selectors.join(', ');
  if (/^[a-z][a-z0-9]*(?:, ?[a-z][a-z0-9]*)*$/.test(joined)) return withNames(element, joined);
  try {
    // One walk through the tree for all of them.
    return [...element.querySelectorAll(joined)];
  } catch {
    return selectors.length === 1 ? [] : selectors.flatMap((selector) => selectAll(element, selector));
  }
}

/** The commonest question, asked of every block of a page: a walk without a selector's machinery. */
function withNames(element: HtmlElement, names: string): HtmlElement[] {
  const wanted = nameSets.get(names) ?? new Set(names.split(/, ?/));
  nameSets.set(names, wanted);
  const found: HtmlElement[] = [];
  const walk = (parent: HtmlElement) => {
    for (let child = parent.firstElementChild; child; child = child.nextElementSibling) {
      if (wanted.has(child.localName)) found.push(child);
      walk(child);
    }
  };
  walk(element);
  return found;
}

/** As many as there are selectors in the code: names come from nowhere else. */
const nameSets = new Map<string, Set<string>>();

/** Text as a reader sees it: `<br>` breaks the line, cells and blocks stand apart. */
export function textOf(node: HtmlNode): string {
  const parts: string[] = [];
  const walk = (current: HtmlNode) => {
    if (current.nodeType === 3) parts.push(current.textContent ?? '');
    if (current.nodeType !== 1) return;
    const { localName } = current as HtmlElement;
    if (localName === 'br') parts.push('\n');
    else if (!/^(?:script|style|template|noscript)$/.test(localName)) {
      for (const child of current.childNodes) walk(child);
      if (/^(?:td|th|p|div|li|tr|h\d)$/.test(localName)) parts.push(' ');
    }
  };
  walk(node);
  return parts.join('');
}

export function isElement(node: HtmlNode | null | undefined): node is HtmlElement {
  return node?.nodeType === 1;
}

function setBase(document: HtmlDocument, address: string | null): void {
  const existing = document.querySelector('base[href]');
  const base = absoluteUrl(existing?.getAttribute('href'), address) ?? address;
  for (const stale of selectAll(document, 'base')) stale.remove();
  if (base === null) return;
  const element = document.createElement('base');
  element.setAttribute('href', base);
  document.head.prepend(element);
}
