/** Photos that stand free between the paragraphs, and the lines that belong to them. */
import { type Holder, isCaptionNamed, longestCaption } from '#src/articles/photo-caption.ts';
import { isCaptionBlock, isCaptionLine, isSlanted, readsAsCaption } from '#src/articles/photo-style.ts';
import { readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, isElement, selectAll, textOf } from '#src/markup/html.ts';

/** A photo in no frame: the block that shows only it, or it and those beside it, with the line under or over that. */
export function loose(image: HtmlElement, body: HtmlElement, profile: Profile): Holder {
  const row = rowOf(image, body);
  const shared = row ? followed(row, profile) : null;
  return shared && shared.captions.length > 0 ? shared : followed(onlyPhotoIn(image, body), profile);
}

/** Pictures side by side in one block. */
function rowOf(image: HtmlElement, body: HtmlElement): HtmlElement | null {
  for (let around = image.parentElement; around && around !== body; around = around.parentElement) {
    if (/^t[drh]|tbody|table|li$/.test(around.localName) || textOf(around).trim() !== '') return null;
    if (selectAll(around, 'img').length > 1) return /^(?:p|div|center)$/.test(around.localName) ? around : null;
  }
  return null;
}

/** By the line or block under it, where that is set as a caption or names the photographer. */
export function followed(block: HtmlElement, profile: Profile): Holder {
  const run = lineAfter(block, profile);
  if (run) return { element: block, captions: [tidy(run.map(textOf).join(''))], owner: null, consumed: run };
  const next = block.nextElementSibling;
  const isCaption = next !== null && (isCaptionBlock(next, profile) || (profile.captionLines && isCaptionLine(next)));
  if (!block.parentElement || !isCaption) {
    const above = block.parentElement ? captionAbove(block) : [];
    return { element: block, captions: above.map((each) => tidy(textOf(each))), owner: null, consumed: above };
  }
  const more = next.nextElementSibling;
  const said = more ? readCaption(textOf(more), profile.credit) : null;
  const captions = [tidy(textOf(next))];
  // The photographer's line under the caption.
  if (!more || said?.caption !== null || said.credit === null)
    return { element: block, captions, owner: null, consumed: [next] };
  const owner = { name: said.credit, printed: tidy(textOf(more)) };
  return { element: block, captions, owner, consumed: [next, more] };
}

/** Marked as a caption, and of no picture before it. */
function captionAbove(block: HtmlElement): HtmlElement[] {
  const before = block.previousElementSibling;
  if (!before || !isCaptionNamed(before) || selectAll(before, 'img, a[href]').length > 0) return [];
  const text = tidy(textOf(before));
  const other = before.previousElementSibling;
  const isTaken = other !== null && (other.localName === 'img' || selectAll(other, 'img').length > 0);
  return text === '' || text.length > longestCaption || isTaken ? [] : [before];
}

/** The outermost element that shows this picture and nothing else. */
function onlyPhotoIn(image: HtmlElement, body: HtmlElement): HtmlElement {
  let element = image;
  for (let parent = element.parentElement; parent && parent !== body; parent = parent.parentElement) {
    if (/^t[drh]|tbody|table|li$/.test(parent.localName)) break;
    if (selectAll(parent, 'img').length > 1 || textOf(parent).trim() !== '') break;
    element = parent;
  }
  return element;
}

/** Where lines are parted by `br`: the one line after the picture, set in italics or without a full stop. */
function lineAfter(block: HtmlElement, { captionLines, credit }: Profile): HtmlNode[] | null {
  const run: HtmlNode[] = [];
  let ends = false;
  let hasBreak = false;
  for (let node = block.nextSibling; node; node = node.nextSibling) {
    const isBreak = isElement(node) && node.localName === 'br';
    const isInline = !isElement(node) || /^(?:br|em|i|b|strong|span|font|small|u)$/.test(node.localName);
    if (!isInline || (isElement(node) && selectAll(node, 'img').length > 0)) {
      ends = hasBreak && isElement(node) && node.localName !== 'a';
      break;
    }
    const isEmpty = textOf(node).trim() === '';
    if (isBreak && run.length > 0) {
      ends = true;
      break;
    }
    hasBreak ||= isBreak;
    if (!isEmpty) run.push(node);
    // The paragraph ends with it.
    if (node.nextSibling === null) ends = hasBreak;
  }
  if (run.length === 0 || !ends) return null;
  const text = tidy(run.map(textOf).join(''));
  if (text === '' || text.length > longestCaption) return null;
  const isSet = run.every((node) => isElement(node) && (isSlanted(node) || node.localName === 'small'));
  const said = readCaption(text, credit);
  return isSet || (said.credit !== null && said.caption !== null) || (captionLines && readsAsCaption(text))
    ? run
    : null;
}
