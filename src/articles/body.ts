/** The story of a page, without the page. */
import { findAttachedBoxes } from '#src/articles/attachments.ts';
import { linesBeside } from '#src/articles/beside-story.ts';
import type { ReadingSigns } from '#src/articles/draft.ts';
import { type HeaderRules, headerPieces } from '#src/articles/header.ts';
import { measure, weigh } from '#src/articles/measure.ts';
import { headingOf, partAround } from '#src/articles/near-headline.ts';
import { pruneBody } from '#src/articles/prune.ts';
import { configuredPart, likelyPart, type StoryPart } from '#src/articles/story-part.ts';
import type { Attachment } from '#src/core/article.ts';
import { isBoilerplate } from '#src/core/boilerplate.ts';
import { readByline } from '#src/core/byline.ts';
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { baseOf, type HtmlDocument, type HtmlElement, parseFragment, selectAll, textOf } from '#src/markup/html.ts';
import { escapeHtml } from '#src/markup/html-text.ts';

export interface FoundBody {
  element: HtmlElement;
  doubt: string | null;
  kind: ReadingSigns['body'];
  /** The sapo, where it is printed above the text. */
  sapo: string | null;
  /** Files offered beside the text. */
  attached: Attachment[];
  /** What was taken out: related stories, share bars. */
  removed: string[];
}

export interface BodyRules extends Omit<HeaderRules, 'dropped'> {
  profile: Profile;
  /** The text as the page's own data carries it. */
  articleBody: string | null;
}

const shortest = 80;

/**
 * The element an operator's selector names, else what the page marks as its text or what reads like a story, else the
 * whole page; with the sapo and photos printed above it, without what belongs to the page. The document is changed.
 */
export function findBody(document: HtmlDocument, rules: BodyRules): FoundBody {
  const dropped = new Set(selectAll(document, ...rules.profile.selectors.drop));
  const part =
    configuredPart(document, rules.profile.selectors.body, dropped) ?? likelyPart(document, rules.headline, dropped);
  const data = rules.articleBody ?? '';
  if (!part || (part.kind !== 'configured' && weigh(textOf(part.root)) * 3 < weigh(data))) {
    if (data.length >= shortest) return fromData(data, document);
    if (!part) return markedOrWhole(document, dropped, rules);
  }
  const [first = part.root] = part.tight;
  const around = partAround(headingOf(document.body, rules.headline), first);
  const attached = findAttachedBoxes(document, around);
  const pieces = headerPieces(first, document.body, { ...rules, dropped });
  const removed = [
    ...dropKickers(headingOf(part.root, rules.headline), part.root),
    ...prune(part, new Set(pieces), dropped, rules.profile),
  ];
  if (around) removed.push(...linesBeside(around, part.root, opensIn(rules.profile)));
  const outside = pieces.filter((piece) => !part.root.contains(piece));
  part.root.prepend(...outside);
  const sapo = pieces.find((piece) => /\S/.test(textOf(piece)) && selectAll(piece, 'img, li').length === 0);
  return {
    element: part.root,
    doubt: null,
    kind: part.kind,
    sapo: sapo ? tidy(textOf(sapo)) || null : null,
    attached,
    removed,
  };
}

const longestKicker = 60;

/** Short lines right over the headline, in the story's own part. */
function dropKickers(heading: HtmlElement | null, root: HtmlElement): string[] {
  const kickers: HtmlElement[] = [];
  const isOver = heading?.localName === 'h1' && root.contains(heading);
  for (let before = isOver ? heading.previousElementSibling : null; before; before = before.previousElementSibling) {
    const text = tidy(textOf(before));
    if (!/^(?:p|div|span|h[2-6])$/.test(before.localName) || text.length > longestKicker || endsSentence(text)) break;
    if (selectAll(before, 'img, p, ul, figure').length > 0) break;
    kickers.unshift(before);
  }
  for (const kicker of kickers) kicker.remove();
  return kickers.map((kicker) => tidy(textOf(kicker))).filter(Boolean);
}

/** A body the source brought: nothing to find, the page's furniture may stand in it all the same. */
export function cleanBody(body: HtmlElement, profile: Profile): string[] {
  const dropped = new Set(selectAll(body, ...profile.selectors.drop));
  const measures = measure(body, () => false);
  return prune(
    { root: body, tight: [body], measures, isKept: () => false, kind: 'configured' },
    new Set(),
    dropped,
    profile,
  );
}

function prune(
  { root, tight, measures, isKept }: StoryPart,
  wanted: ReadonlySet<HtmlElement>,
  dropped: ReadonlySet<HtmlElement>,
  profile: Profile,
): string[] {
  return pruneBody(root, {
    measures,
    tight,
    wanted,
    dropped,
    isKept,
    isByline: (line) => readByline(line, profile.byline, { bare: false }) !== null,
    opens: opensIn(profile),
  });
}

function opensIn({ boilerplate }: Profile): (line: string) => boolean {
  return (line) => isBoilerplate(line, boilerplate);
}

function fromData(text: string, document: HtmlDocument): FoundBody {
  const paragraphs = text.split(/\n+/).map((line) => `<p>${escapeHtml(line)}</p>`);
  const element = parseFragment(paragraphs.join(''), baseOf(document));
  return { element, doubt: null, kind: 'marked', sapo: null, attached: [], removed: [] };
}

function markedOrWhole(document: HtmlDocument, dropped: ReadonlySet<HtmlElement>, { profile }: BodyRules): FoundBody {
  const marked = ['[itemprop="articleBody"]', '.e-content', '.entry-content', 'article', 'main']
    .flatMap((selector) => selectAll(document, selector))
    .find((element) => textOf(element).trim() !== '' || selectAll(element, 'img').length > 0);
  const root = marked ?? document.body;
  const measures = measure(root, () => false);
  const removed = prune(
    { root, tight: [root], measures, isKept: () => false, kind: 'marked' },
    new Set(),
    dropped,
    profile,
  );
  return {
    element: root,
    sapo: null,
    attached: [],
    removed,
    kind: marked ? 'marked' : 'whole page',
    doubt: marked ? null : 'The story could not be told from the rest of the page: all of it was taken.',
  };
}
