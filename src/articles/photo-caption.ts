/** The lines printed with a photo inside its frame: what it shows, and whose it is. */
import { readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, isElement, selectAll, textOf } from '#src/markup/html.ts';

/** Longer than any caption; a paragraph of the story. */
export const longestCaption = 300;
const longestCredit = 120;

const captionMarks =
  'figcaption, .wp-caption-text, .PhotoCMS_Caption, .ck_legend, .desc_image, p.Image, .pCaption, [itemprop="caption"], [itemprop="description"], [data-testid*="caption" i], [class*="caption" i], [class*="cutline" i], [class*="chu-thich" i], [class*="chu_thich" i], [class*="chuthich" i], [class*="legend" i], [class*="bildunterschrift" i], [class*="bildtext" i], [class*="pie-de-foto" i], [class*="piedefoto" i], [class*="pie-foto" i], [class*="didascalia" i], [class*="photo-desc" i], [class*="image-desc" i], [class*="img-desc" i], [class*="img_desc" i], [class*="imgdesc" i], [class*="desc-image" i], [class*="photo-note" i], [class*="media__desc" i], [class*="media-desc" i]';
const captionName =
  /caption|cutline|chu[-_]?thich|legend|bildunterschrift|bildtext|pie-?(?:de-?)?foto|didascalia|(?:photo|image|img|media)[-_]*(?:desc|note|text)|desc[-_]?image/i;
const creditName =
  /(?:^|[\s_-])(?:credits?|copy-?right|photo-?credits?|photographer|photo-?by|credito|copyrightholder|source|quelle|bildquelle|fotograf\w*|nguon(?:-anh)?|PhotoCMS_Author|author|autor|auteur|autor-?foto|firma|agency|provider)(?:$|[\s_-])/i;
const unseen = '.visually-hidden, .screen-reader-text, .sr-only, .visuallyhidden, [hidden], svg, button';
const control = /(?:^|[\s_-])(?:hide|toggle|show|open|close|expand|enlarge|zoom|full-?screen|btn|button)(?:$|[\s_-])/i;
/** To buy or enlarge the photo. */
const offer = /^(?:purchase|buy|licen[sc]e|order|acheter|kaufen|mua)\b.{0,60}$|licensing rights/i;
/** A name as it is printed: words with capitals, and the small ones between them. */
const nameShape =
  /^(?:\p{Lu}[\p{L}\p{M}'’.&-]*|d[’']\p{Lu}\S*|de|da|di|do|dos|van|von|der|den|del|della|la|le|bin|ibn|al|[/|,])(?:(?:\s+|\s*[/|,]\s*)(?:\p{Lu}[\p{L}\p{M}'’.&-]*|d[’']\p{Lu}\S*|de|da|di|do|dos|van|von|der|den|del|della|la|le|bin|ibn|al|dpa|afp|epa)){0,6}$/u;

export interface Lines {
  /** One per photo, or one for all. */
  captions: string[];
  /** Printed apart from them. */
  owner: Owner | null;
}

export interface Owner {
  name: string;
  /** With its `Photo:`. */
  printed: string;
}

export interface Holder extends Lines {
  /** To be replaced by the photo. */
  element: HtmlElement;
  /** What followed and was the caption: taken out of the text. */
  consumed: HtmlNode[];
}

/** What a frame around photos says of them; the frame is changed. */
export function linesIn(frame: HtmlElement, rules: Profile['credit']): Lines {
  dropControls(frame);
  const marked = captionsIn(frame);
  for (const caption of marked) markLastName(caption);
  const owner = takeOwner(frame, marked, rules);
  const printed = marked.map(spacedText).filter(Boolean);
  // One for each width of screen.
  const captions = selectAll(frame, 'img').length === 1 ? [...new Set(printed)] : printed;
  const rest = captions.length === 0 && marked.length === 0 ? spacedText(frame) : '';
  if (rest !== '' && rest.length <= longestCaption) captions.push(rest);
  return { captions, owner };
}

/** Counters, buttons, and words for those who listen: these may say that a name is what follows. */
function dropControls(frame: HtmlElement): void {
  for (const element of selectAll(frame, unseen)) {
    if (hasImage(element)) continue;
    if (/source|credit|copyright|quelle|nguồn/i.test(textOf(element))) addClass(element.parentElement, 'credit');
    element.remove();
  }
  for (const element of selectAll(frame, 'span, div, p, small, b, a')) {
    const text = tidy(textOf(element));
    const isControl = control.test(nameOf(element)) && text.length <= 40;
    const isOffer = element.localName === 'a' && offer.test(text);
    if ((isControl || isOffer || isCounter(element, text)) && !hasImage(element)) element.remove();
  }
}

/** Caption and name as two parts side by side, or the name in italics after the last sentence. */
function markLastName(caption: HtmlElement): void {
  const nodes = [...caption.childNodes].filter((node) => textOf(node).trim() !== '');
  const last = nodes.at(-1);
  if (nodes.length === 1 && isElement(last)) {
    if (last.children.length > 0) markLastName(last);
    return;
  }
  if (nodes.length < 2 || !isElement(last) || !nameShape.test(trimStop(textOf(last)))) return;
  const before = tidy(nodes.slice(0, -1).map(textOf).join(' '));
  if (before.length <= textOf(last).length) return;
  const isPart = /^(?:span|small|cite|p|div)$/.test(last.localName) && nodes.every(isElement);
  const isSigned = /^(?:em|i|small|cite|span|b|strong)$/.test(last.localName) && /[.!?…”"]$/.test(before);
  if (isPart || isSigned) addClass(last, 'credit');
}

function trimStop(text: string): string {
  return tidy(text).replace(/[.;,]+$/, '');
}

/** The outermost elements that are marked as captions and hold no picture. */
export function captionsIn(frame: HtmlElement): HtmlElement[] {
  return outermost(selectAll(frame, captionMarks).filter((element) => !hasImage(element) && !isCredit(element)));
}

/** Whether a class says that this is a caption. */
export function isCaptionNamed(element: HtmlElement): boolean {
  return captionName.test(nameOf(element));
}

/** Whether an element holds nothing but whose photo it is. */
export function isCredit(element: HtmlElement): boolean {
  const text = tidy(textOf(element));
  if (text === '' || text.length > longestCredit) return false;
  if (/copyrightHolder|creditText/.test(element.getAttribute('itemprop') ?? '')) return true;
  return creditName.test(nameOf(element)) && !(isCaptionNamed(element) && element.children.length > 0);
}

/** As read: blocks and spans set side by side are words of their own. */
export function spacedText(element: HtmlElement): string {
  const parts: string[] = [];
  const walk = (node: HtmlNode) => {
    if (!isElement(node)) return void parts.push(textOf(node));
    const isApart = /^(?:span|div|p|small|cite|br|footer|li|td|tr|dd|figcaption)$/.test(node.localName);
    const first = node.childNodes[0];
    const before = parts.at(-1) ?? ' ';
    // `at dawn<span>PHOTO: …`: no word goes on in a capital.
    const isNew = /[\p{Ll}.!?)]$/u.test(before) && /^\p{Lu}/u.test(textOf(node));
    const isSpan = node.localName === 'span' && !isElement(node.previousSibling) && !isElement(first) && !isNew;
    if (isApart && !isSpan && before !== '') parts.push(' ');
    for (const child of node.childNodes) walk(child);
    if (isApart && node.localName !== 'span') parts.push(' ');
  };
  walk(element);
  return tidy(parts.join(''));
}

export function outermost(elements: readonly HtmlElement[]): HtmlElement[] {
  return elements.filter((element) => !elements.some((other) => other !== element && other.contains(element)));
}

/** Takes the photographer's line out of the frame. */
function takeOwner(frame: HtmlElement, captions: readonly HtmlElement[], rules: Profile['credit']): Owner | null {
  const all = selectAll(frame, '*').filter((element) => isCredit(element) && !hasImage(element));
  const found = outermost(all).filter((element) => !captions.some((caption) => element.contains(caption)));
  const printed = [...new Set(found.map(spacedText))];
  for (const element of found) element.remove();
  const names = printed.map((line) => nameIn(line, rules)).filter((name) => name !== null);
  return names.length === 0 ? null : { name: [...new Set(names)].join(' / '), printed: printed.join(' ') };
}

/** `Foto: Thu Hà`, `Credit Thu Hà` and `Thu Hà` all tell the same name. */
export function nameIn(line: string, rules: Profile['credit']): string | null {
  const read = readCaption(line, rules);
  const name = read.credit ?? withoutWord(read.caption, rules);
  return name === null
    ? null
    : trimStop(name.replace(/^(?:photo ?)?credits?[\s:.…]+/i, '').replace(/^[\s/|–—-]+/u, '')) || null;
}

/** `Fot. Oskar Mazur`: in a line that is a credit its word needs no colon. */
function withoutWord(line: string | null, { prefixes }: Profile['credit']): string | null {
  const word = prefixes.find((prefix) => line?.toLowerCase().startsWith(`${prefix.toLowerCase()}.`));
  return line === null || word === undefined ? line : tidy(line.slice(word.length + 1));
}

/** `3/12` */
function isCounter(element: HtmlElement, text: string): boolean {
  return element.children.length === 0 && /^\d{1,3}\s*(?:\/|of|trên|von|sur|de)\s*\d{1,3}$/.test(text);
}

function addClass(element: HtmlElement | null, name: string): void {
  element?.setAttribute('class', `${element.getAttribute('class') ?? ''} ${name}`.trim());
}

function hasImage(element: HtmlElement): boolean {
  return element.localName === 'img' || selectAll(element, 'img').length > 0;
}

function nameOf(element: HtmlElement): string {
  const names = `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
  return names.replace(/(?<=[a-z])(?=[A-Z])/g, '-');
}
