/** The lines printed with a photo inside its frame: what it shows, and whose it is. */
import { readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, isElement, selectAll, textOf } from '#src/markup/html.ts';

/** Longer than any caption; a paragraph of the story. */
export const longestCaption = 300;
const longestCredit = 120;

const captionMarks =
  'figcaption, .wp-caption-text, .PhotoCMS_Caption, .ck_legend, .desc_image, p.Image, .pCaption, [itemprop="caption"], [itemprop="description"], [data-testid*="caption" i], [class*="caption" i], [class*="cutline" i], [class*="chu-thich" i], [class*="chuthich" i], [class*="legend" i], [class*="bildunterschrift" i], [class*="bildtext" i], [class*="pie-de-foto" i], [class*="piedefoto" i], [class*="pie-foto" i], [class*="didascalia" i], [class*="photo-desc" i], [class*="image-desc" i], [class*="img-desc" i], [class*="imgdesc" i], [class*="desc-image" i], [class*="photo-note" i]';
const captionName =
  /caption|cutline|chu-?thich|legend|bildunterschrift|bildtext|pie-?(?:de-?)?foto|didascalia|(?:photo|image|img)-?(?:desc|note|text)|desc[-_]?image/i;
const creditName =
  /(?:^|[\s_-])(?:credits?|copy-?right|photo-?credits?|photographer|photo-?by|credito|copyrightholder|source|quelle|bildquelle|fotograf\w*|nguon(?:-anh)?|PhotoCMS_Author|author|autor|auteur|autor-?foto|firma|agency|provider)(?:$|[\s_-])/i;
const furniture = '.visually-hidden, .screen-reader-text, .sr-only, .visuallyhidden, [hidden], svg, button';

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

/** What a frame around photos says of them; the frame is changed. */
export function linesIn(frame: HtmlElement, rules: Profile['credit']): Lines {
  for (const element of selectAll(frame, furniture)) if (!hasImage(element)) element.remove();
  for (const element of selectAll(frame, 'span, div, p, small')) if (isCounter(element)) element.remove();
  const marked = captionsIn(frame);
  const owner = takeOwner(frame, marked, rules);
  const captions = marked.map(spacedText).filter(Boolean);
  const rest = captions.length === 0 && marked.length === 0 ? spacedText(frame) : '';
  if (rest !== '' && rest.length <= longestCaption) captions.push(rest);
  return { captions, owner };
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
    if (isApart && (node.localName !== 'span' || isElement(node.previousSibling) || isElement(first)) && before !== '')
      parts.push(' ');
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
  const name = read.credit ?? read.caption;
  return name === null ? null : name.replace(/^(?:photo ?)?credit\s*:?\s+/i, '') || null;
}

/** `3/12` */
function isCounter(element: HtmlElement): boolean {
  return element.children.length === 0 && /^\d{1,3}\s*(?:\/|of|trên|von|sur|de)\s*\d{1,3}$/.test(tidy(textOf(element)));
}

function hasImage(element: HtmlElement): boolean {
  return element.localName === 'img' || selectAll(element, 'img').length > 0;
}

function nameOf(element: HtmlElement): string {
  return `${element.getAttribute('class') ?? ''} ${element.getAttribute('id') ?? ''}`;
}
