/** A CSS selector for links that were found by likeness, such as a person would write it. */
import type { HtmlDocument, HtmlElement } from '#src/markup/html.ts';
import { type ListLink, selectedLinks } from '#src/markup/listing/links.ts';

export interface DerivedSelector {
  selector: string;
  /** How many of the wanted links it finds, and how many other addresses. */
  found: number;
  strays: number;
  /** Links, several to one address among them. */
  links: number;
}

const mostExamples = 60;
const mostTries = 160;
const tellingTags = /^(?:h[1-6]|article|main|li|section|td|figure|dt|dd)$/;

/** Names that half of all pages use, and bare tags, soon match something else as well. */
const vague =
  /^(?:[a-z\d]+|[a-z\d]*\.(?:title|item|name|link|tit|headline|text|post|news|list|box|card-title|entry-title))(?: |$)/i;

/** The shortest one that finds nearly all of these links and nearly nothing else; null where none does. */
export function deriveSelector(document: HtmlDocument, wanted: readonly ListLink[]): DerivedSelector | null {
  const counts = new Map<string, number>();
  for (const { element } of wanted.slice(0, mostExamples)) {
    for (const selector of candidatesFor(element)) counts.set(selector, (counts.get(selector) ?? 0) + 1);
  }
  const likely = [...counts].sort((a, b) => b[1] - a[1] || a[0].length - b[0].length).slice(0, mostTries);
  const judged = likely.map(([selector]) => judge(selector, document, wanted));
  const good = judged.filter(({ found, strays }) => found >= wanted.length * 0.8 && strays <= found * 0.1);
  good.sort((a, b) => worth(b) - worth(a));
  return good[0] ?? null;
}

/** A miss weighs as much as a few letters more; one link to each article is best, and a name says more than tags. */
function worth({ selector, found, strays, links }: DerivedSelector): number {
  const repeats = links - found - strays;
  const tagsOnly = /[.#]/.test(selector) ? 0 : 3;
  const single = selector.split(' ').length < 3 && vague.test(selector) ? 4 : 0;
  return (
    found -
    2 * strays -
    Math.min(repeats / 3, 4) -
    Math.max(tagsOnly, single) -
    selector.length / 12 -
    2 * selector.split(' ').length
  );
}

function judge(selector: string, document: HtmlDocument, wanted: readonly ListLink[]): DerivedSelector {
  const links = selectedLinks(document, selector);
  const elements = new Set(links.map(({ element }) => element));
  const keys = new Set(wanted.map(({ key }) => key));
  const found = wanted.filter(({ element }) => elements.has(element)).length;
  const strays = new Set(links.filter(({ key }) => !keys.has(key)).map(({ key }) => key)).size;
  return { selector, found, strays, links: links.length };
}

/** The link's own class, what it stands in, and what that stands in. */
function candidatesFor(link: HtmlElement): Set<string> {
  const own = ['a', ...classesOf(link).map((name) => `a.${name}`)];
  const around = ancestorsOf(link);
  const found = new Set<string>(own.slice(1));
  for (const [index, near] of around.slice(0, 4).entries()) {
    for (const name of namesOf(near)) {
      for (const end of own) found.add(`${name} ${end}`);
      for (const far of around.slice(index + 1)) {
        for (const outer of namesOf(far)) found.add(`${outer} ${name} a`);
      }
    }
  }
  return found;
}

function ancestorsOf(element: HtmlElement): HtmlElement[] {
  const found: HtmlElement[] = [];
  for (let current = element.parentElement; current && found.length < 7; current = current.parentElement) {
    if (current.localName === 'body') break;
    found.push(current);
  }
  return found;
}

function namesOf(element: HtmlElement): string[] {
  const { localName } = element;
  const id = element.getAttribute('id') ?? '';
  const classes = classesOf(element).map((name) => `.${name}`);
  return [
    ...(tellingTags.test(localName) ? [localName, ...classes.slice(0, 1).map((name) => localName + name)] : []),
    ...classes,
    ...(isName(id) ? [`#${id}`] : []),
  ];
}

function classesOf(element: HtmlElement): string[] {
  return (element.getAttribute('class') ?? '').split(/\s+/).filter(isName).slice(0, 3);
}

/** Not those that a program made up, or that say how a thing looks at the moment. */
function isName(name: string): boolean {
  if (!/^[a-z][a-z\d_-]{2,40}$/i.test(name) || /\d{3}/.test(name)) return false;
  if (
    /^(?:active|first|last|odd|even|hidden|show|clearfix|row|col|container|wrapper|left|right|post-\d+|item-\d+)$/i.test(
      name,
    )
  )
    return false;
  if (/^(?:col|mb|mt|px|py|pt|pb|text|flex|grid|bg|font|css|sc|jsx|svelte|is|has|w|h)-/i.test(name)) return false;
  return !/(?:^|[-_])(?=\w*\d)(?=\w*[A-Z])\w{5,}$/.test(name);
}
