/** Where on a page its story stands. */
import { isDiscussion, isHidden, namedAs } from '#src/articles/furniture.ts';
import { likelyNodes } from '#src/articles/likeness.ts';
import { type Measure, type Measures, measure, nothing } from '#src/articles/measure.ts';
import { headingOf } from '#src/articles/near-headline.ts';
import { isSetAsSignature } from '#src/articles/signature-line.ts';
import type { HtmlDocument, HtmlElement, HtmlNode } from '#src/markup/html.ts';
import { selectAll } from '#src/markup/html.ts';

export interface StoryPart {
  /** Holds all of the story, and perhaps something of the page. */
  root: HtmlElement;
  /** What of it holds most of the story: one element, or several of a kind between which the page set something. */
  tight: HtmlElement[];
  measures: Measures;
  isKept: (node: HtmlNode) => boolean;
  kind: 'configured' | 'marked' | 'likeness';
}

/** The first selector's elements that hold text or photos; null when no selector finds any. */
export function configuredPart(
  document: HtmlDocument,
  selectors: readonly string[],
  dropped: ReadonlySet<HtmlElement>,
): StoryPart | null {
  if (selectAll(document, ...selectors).length === 0) return null;
  const measures = measureStory(document.body, new Set(), dropped, null);
  for (const selector of selectors) {
    const found = selectAll(document, selector);
    const holding = found.filter((element) => isText(measures.get(element)));
    if (holding.length === 0) continue;
    const most = holding.reduce((best, each) => (proseOf(measures, each) > proseOf(measures, best) ? each : best));
    // One text in several boxes, with something of the page between them.
    const parts = holding.filter(
      (each) => each === most || (each.parentElement === most.parentElement && proseOf(measures, each) > 0),
    );
    return {
      root: parts.length === 1 ? most : (most.parentElement ?? most),
      tight: parts,
      measures,
      isKept: () => false,
      kind: 'configured',
    };
  }
  return null;
}

const marks =
  '[itemprop~="articleBody"], [property~="articleBody"], [property~="schema:articleBody"], .e-content, .entry-content, [data-testid="article-body"]';
const shortest = 80;

/** The part that likeness, the page's own marks or the amount of prose tell; null for a page without a text. */
export function likelyPart(
  document: HtmlDocument,
  headline: string | null,
  dropped: ReadonlySet<HtmlElement>,
): StoryPart | null {
  const { body } = document;
  const heading = headingOf(body, headline);
  const kept = likelyNodes(document, dropped);
  const isKept = (node: HtmlNode) => kept.has(node);
  const measures = measureStory(body, kept, dropped, heading);
  const scope = scopeOf(body, heading, measures);
  const whole = measures.get(scope) ?? nothing;
  if (whole.prose < shortest) return null;
  // Likeness that found less than a part of the page's prose found a comment or a box.
  const value = (element: HtmlElement) => {
    const measured = measures.get(element) ?? nothing;
    return whole.kept >= whole.prose * 0.3 ? measured.kept : measured.prose;
  };
  const root = withSignature(descend(scope, value, 0.999), scope);
  const tight = descend(root, value, 0.55);
  const [marked] = selectAll(scope, marks).filter(
    (element) => proseOf(measures, element) >= Math.max(shortest, proseOf(measures, tight) * 0.6),
  );
  if (marked) return { root: marked, tight: [marked], measures, isKept, kind: 'marked' };
  const article = tight.closest('article');
  if (article && article !== root && root.contains(article) && value(article) >= value(root) * 0.85) {
    return { root: article, tight: [tight], measures, isKept, kind: 'likeness' };
  }
  const parts = alike(tight, measures);
  return {
    root: parts.length > 1 && root === tight ? (tight.parentElement ?? root) : root,
    tight: parts,
    measures,
    isKept,
    kind: 'likeness',
  };
}

const mostAround = 3;

/** A signature may stand beside the box that holds the whole text. */
function withSignature(root: HtmlElement, scope: HtmlElement): HtmlElement {
  let part = root;
  for (let count = 0; count < mostAround && part !== scope && part.parentElement; count += 1) {
    const next = part.nextElementSibling;
    if (next && isSetAsSignature(next)) return part.parentElement;
    if (next) return root;
    part = part.parentElement;
  }
  return root;
}

/** The article element that holds the headline, where it holds a text: another one is another story. */
function scopeOf(body: HtmlElement, heading: HtmlElement | null, measures: Measures): HtmlElement {
  const article = heading?.closest('article');
  return article && body.contains(article) && proseOf(measures, article) >= shortest ? article : body;
}

function measureStory(
  body: HtmlElement,
  kept: ReadonlySet<HtmlNode>,
  dropped: ReadonlySet<HtmlElement>,
  heading: HtmlElement | null,
): Measures {
  const isKept = (node: HtmlNode) => kept.has(node);
  const first = measure(body, isKept);
  const whole = first.get(body) ?? nothing;
  const share = ({ kept: own, prose, text }: Measure) =>
    whole.kept > 0 ? own / whole.kept : whole.prose > 0 ? prose / whole.prose : text / Math.max(1, whole.text);
  const isPages = (element: HtmlElement) => {
    if (dropped.has(element)) return true;
    // Readers may have written more than the reporter.
    if (isDiscussion(element) && heading && !element.contains(heading)) return true;
    const measured = first.get(element) ?? nothing;
    // Behind a button (`Read on`) most of a story may wait; likeness passes over what is hidden.
    if (isHidden(element)) return measured.prose < whole.prose * 0.4;
    if (namedAs(element) !== 'furniture') return false;
    // A part that holds most of the page's text is the page, whatever it is called.
    return share(measured) < 0.5;
  };
  return measure(body, isKept, isPages);
}

function proseOf(measures: Measures, element: HtmlElement): number {
  return measures.get(element)?.prose ?? 0;
}

function isText({ text, linked, images }: Measure = nothing): boolean {
  return images > 0 || (text > 0 && linked < text * 0.8);
}

const narrow = /^(?:p|h[1-6]|blockquote|li|ul|ol|dl|tr|tbody|figure|pre|details)$/;

/** Down into the one child that holds `share` of what its parent does, as far as there is one. */
function descend(from: HtmlElement, value: (element: HtmlElement) => number, share: number): HtmlElement {
  let current = from;
  let container = from;
  for (;;) {
    const most = value(current) * share;
    const child = [...current.children].find((each) => value(each) > 0 && value(each) >= most);
    if (!child || /^(?:p|h[1-6]|blockquote|li|pre)$/.test(child.localName)) return container;
    current = child;
    if (!narrow.test(child.localName)) container = child;
  }
}

/** Siblings of the same kind and class that hold prose too: the page cut the text in parts. */
function alike(tight: HtmlElement, measures: Measures): HtmlElement[] {
  const parent = tight.parentElement;
  const name = tight.getAttribute('class');
  if (!parent || !name || /^(?:body|article)$/.test(tight.localName)) return [tight];
  return [...parent.children].filter((each) => {
    if (each === tight) return true;
    const { prose, text, linked } = measures.get(each) ?? nothing;
    return (
      each.localName === tight.localName && each.getAttribute('class') === name && prose > 0 && linked < text * 0.3
    );
  });
}
