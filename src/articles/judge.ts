/** Whether a part of a body is the story's or its page's. */
import { firstLine, isInlineName } from '#src/articles/box-lines.ts';
import { isDiscussion, isFactLine, isHidden, namedAs } from '#src/articles/furniture.ts';
import { type Measure, type Measures, nothing } from '#src/articles/measure.ts';
import { isSetAsSignature } from '#src/articles/signature-line.ts';
import { isCovered, isIntroduced, isLinkTable, isOthers, isTeaserBox, stands } from '#src/articles/story-links.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, selectAll, textOf } from '#src/markup/html.ts';

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
  /** Whether a line says that it names people. */
  isByline: (line: string) => boolean;
  /** Whether a line opens boilerplate: `Related stories`. */
  opens: (line: string) => boolean;
}

/** How far the reading has come. */
export interface State {
  /** Letters before this part. */
  seen: number;
  seenProse: number;
  /** Letters of the story. */
  story: number;
  total: Measure;
}

/** `drop`: the page's; `told`: known as a fact already; `whole`: the story's with all in it; `look`: its parts decide. */
export type Verdict = 'drop' | 'told' | 'whole' | 'look';

/** A part that holds so much of the prose is the story, whatever it is called. */
const mainShare = 0.3;
const boxShare = 0.25;
const longestForm = 400;

export function judge(element: HtmlElement, inside: boolean, state: State, pruning: Pruning): Verdict {
  if (pruning.dropped.has(element)) return 'drop';
  if (pruning.wanted.has(element)) return 'whole';
  const { localName } = element;
  const measured = measureOf(pruning, element);
  const { text, linked, prose, kept, links, chosen } = measured;
  if (pruning.tight.some((part) => element.contains(part))) return 'look';
  if ([...pruning.wanted].some((part) => element.contains(part))) return 'look';
  const share = (state.total.kept > 0 ? kept : prose) / Math.max(1, state.story);
  if (share >= mainShare) return 'look';
  const isEmptyFigure =
    localName === 'figure' &&
    measured.images === 0 &&
    selectAll(element, 'video, iframe, table, blockquote, pre, audio').length === 0;
  if (
    !isEmptyFigure &&
    /^(?:script|style|br|hr|img|picture|figure|table|blockquote|iframe|video|audio|object|embed)$/.test(localName)
  ) {
    if (!inside && chosen === 0 && prose === 0) return 'told';
    if (localName === 'table' && isLinkTable(element, measured)) return 'drop';
    return namedAs(element) === 'furniture' && localName !== 'blockquote' && chosen === 0 ? 'drop' : 'whole';
  }
  if (isHidden(element)) return inside && prose >= state.total.prose * mainShare ? 'look' : 'drop';
  const named = namedAs(element);
  if (named === 'furniture' || isDiscussion(element) || isTeaserBox(element, measured)) return 'drop';
  if (named === 'perhaps' && !inside) return links > 0 && linked >= text * 0.5 ? 'drop' : 'told';
  // A body that is all one link has nothing else to say.
  const isLinky = text > 0 && links > 0 && linked >= text * 0.6 && text < state.total.text * 0.7;
  if (localName === 'a' && isLinky && stands(element) && isOthers(element, measured)) return 'drop';
  if (isInlineName(localName) && !holdsBlocks(element)) return inside || chosen > 0 ? 'whole' : 'told';
  if (isLinky && isIntroduced(element)) return 'whole';
  if (isLinky && isOthers(element, measured)) return 'drop';
  if (named === 'perhaps' && text < 300 && letter.test(textOf(element))) return 'drop';
  if (named === 'perhaps' && kept < text * 0.5 && linked >= text * 0.4 && links > 0) return 'drop';
  // Who and when is told as facts.
  if (
    state.seenProse === 0 &&
    prose === 0 &&
    measured.images === 0 &&
    text < 300 &&
    isFactLine(element) &&
    !isInFrame(element, pruning)
  )
    return 'told';
  // Something is asked of readers there: an address for a letter, an opinion.
  if (text < longestForm && measured.images === 0 && selectAll(element, 'form').length > 0) return 'drop';
  if (isBox(element) && isCovered(element, measured)) return 'drop';
  if (isBox(element) && prose <= state.story * boxShare && pruning.opens(firstLine(element))) {
    if (links > 0 || state.seen >= state.total.text * 0.3) return 'drop';
  }
  if (!inside && isSignatureUnder(element, pruning)) return 'whole';
  if (!inside && (isBesideStory(element, pruning) || !isWanted(element, measured))) return links > 0 ? 'drop' : 'told';
  return 'look';
}

const letter =
  /newsletter|in your inbox|mailing list|sign up (?:for|to)|subscribe to|bolet[ií]n|infolettre|rundbrief|abonnez|inscrivez|suscr[ií]bete|inscreva-se|nyhetsbrev|đăng ký nhận|nhận bản tin|メールマガジン|뉴스레터/iu;

/** A column of an old page's table, with no sentence in it: a menu, counters. */
function isBesideStory(element: HtmlElement, pruning: Pruning): boolean {
  const row = element.parentElement;
  if (element.localName !== 'td' || !pruning.tight.some((part) => row?.contains(part))) return false;
  const text = tidy(textOf(element));
  return text !== '' && !/\p{L}[.!?…]["”»)]?(?:\s|$)/u.test(text);
}

/** The line right under the story, set to the right: who wrote it. */
function isSignatureUnder(element: HtmlElement, { tight }: Pruning): boolean {
  const before = element.previousElementSibling;
  return before !== null && tight.some((part) => before.contains(part)) && isSetAsSignature(element);
}

/** Outside the part that holds most of it: what likeness keeps, and what cannot be anything but text. */
function isWanted(element: HtmlElement, { text, chosen, prose, links, images }: Measure): boolean {
  if (text === 0 && images === 0) return true;
  if (chosen > 0) return true;
  return prose > 0 && links === 0 && !/^(?:aside|footer|header)$/.test(element.localName);
}

/** Old pages set whole texts inside a `font`. */
function holdsBlocks(element: HtmlElement): boolean {
  return selectAll(element, 'p, div, ul, ol, table, section, blockquote, h2, h3, h4').length > 0;
}

/** Beside a photo it is the photo's. */
function isInFrame({ parentElement }: HtmlElement, pruning: Pruning): boolean {
  const around = parentElement && measureOf(pruning, parentElement);
  return around !== null && around.images > 0 && around.prose === 0 && around.text < 400;
}

/** A part with parts: what its first line says holds for all of it. */
function isBox(element: HtmlElement): boolean {
  return (
    element.children.length > 1 || (element.children.length === 1 && isBox([...element.children][0] as HtmlElement))
  );
}

export function measureOf({ measures }: Pruning, element: HtmlElement): Measure {
  return measures.get(element) ?? nothing;
}
