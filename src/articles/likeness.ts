/** What Readability takes for the story. */
import { Readability } from '@mozilla/readability';
import type { HtmlDocument, HtmlElement, HtmlNode } from '#src/markup/html.ts';

// Beyond this likeness costs seconds, and the page is no news story.
const mostElements = 8_000;

/**
 * The page's own text nodes and images that Readability would keep; empty where it finds no story. It works on a copy,
 * for it takes the tree apart, and what it returns is stripped: the page's own elements are what is read on.
 */
export function likelyNodes(document: HtmlDocument, dropped: ReadonlySet<HtmlElement>): Set<HtmlNode> {
  const kept = new Set<HtmlNode>();
  const copy = document.cloneNode(true);
  const originals = new Map<HtmlNode, HtmlNode>();
  const unwanted: HtmlElement[] = [];
  pair(document, copy, (original, twin) => {
    if (original.nodeType === 3 || (original as HtmlElement).localName === 'img') originals.set(twin, original);
    if (dropped.has(original as HtmlElement)) unwanted.push(twin as HtmlElement);
  });
  for (const element of unwanted) element.remove();
  const reader = new Readability<HtmlElement>(copy as never, {
    maxElemsToParse: mostElements,
    keepClasses: true,
    charThreshold: 100,
    disableJSONLD: true,
    serializer: (node) => node as unknown as HtmlElement,
  });
  try {
    const content = reader.parse()?.content;
    if (content) {
      walk(content, (node) => {
        const original = originals.get(node);
        if (original) kept.add(original);
      });
    }
  } catch {
    // Too large a page, or a tree it cannot cope with: there are other ways to find the story.
  }
  return kept;
}

function pair(a: HtmlNode, b: HtmlNode, visit: (a: HtmlNode, b: HtmlNode) => void): void {
  visit(a, b);
  const [ours, theirs] = [[...a.childNodes], [...b.childNodes]];
  for (const [index, child] of ours.entries()) {
    const twin = theirs[index];
    if (twin) pair(child, twin, visit);
  }
}

function walk(node: HtmlNode, visit: (node: HtmlNode) => void): void {
  visit(node);
  for (const child of node.childNodes) walk(child, visit);
}
