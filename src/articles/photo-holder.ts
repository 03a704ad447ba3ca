/** What belongs to a photo in the many ways pages set one: the element around it and the line printed with it. */
import {
  captionsIn,
  isCaptionNamed,
  isCredit,
  type Lines,
  linesIn,
  longestCaption,
} from '#src/articles/photo-caption.ts';
import { isCaptionBlock, isCaptionLine, isCentred, isSlanted, readsAsCaption } from '#src/articles/photo-style.ts';
import { readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, type HtmlNode, isElement, selectAll, textOf } from '#src/markup/html.ts';

const frames = 'figure, .wp-caption, .VCSortableInPreviewMode, .gallery-item';
/** Classes of boxes that hold a picture and what is said of it. */
const boxName =
  /(?:^|[\s_-])(?:photo|image|img|picture|pic|figure|media|slide|gallery|album|thumb|anh|hinh|foto|bild)s?(?:$|[\s_-])|(?:photo|image|picture)-?(?:box|wrap|container|block|item)/i;
/** Addresses of a photo, or of a page that shows it alone. */
const photoPage =
  /\.(?:jpe?g|png|webp|avif|tiff?)(?:$|[?#])|\/(?:photos?|gallery|galleries|images?|pictures?|fotos?|galerie|album|attachment|media|lightbox|anh)(?:\/|\?|$)/i;
/** What no box of one picture holds. */
const heavy = 'h1, h2, h3, h4, ul, ol, table, blockquote, iframe, video';
/** A caption and the photographer's line. */
const mostInBox = 420;

export interface Holder extends Lines {
  /** To be replaced by the photo. */
  element: HtmlElement;
  /** What followed and was the caption: taken out of the text. */
  consumed: HtmlNode[];
}

/** The photo's frame, table, box, or the block that holds nothing else, with its caption. */
export function holderOf(image: HtmlElement, body: HtmlElement, profile: Profile): Holder {
  const frame = image.closest(frames);
  if (frame && body.contains(frame) && frame !== body) return framed(frame, image, body, profile);
  const table = image.closest('table');
  if (table && body.contains(table) && table !== body && isPhotoTable(table)) return tabled(table, profile);
  const box = boxOf(image, body);
  if (box) return { element: box, ...linesIn(box, profile.credit), consumed: [] };
  return loose(image, body, profile);
}

/** A picture that leads to another page is that page's, unless a caption of its own says otherwise. */
export function isTeaser(image: HtmlElement, body: HtmlElement): boolean {
  const link = image.closest('a[href]');
  const href = link?.getAttribute('href')?.trim() ?? '';
  if (!link || /^(?:#|javascript:|$)/i.test(href) || photoPage.test(href)) return false;
  const frame = image.closest(frames) ?? boxOf(image, body);
  if (!frame) return true;
  const linked = selectAll(frame, 'a[href]')
    .map((each) => tidy(textOf(each)))
    .join(' ');
  return tidy(linked) !== '' && tidy(linked) === tidy(textOf(frame));
}

/** Where the frame itself says nothing: the box around it, the gallery's line, the block under it. */
function framed(frame: HtmlElement, image: HtmlElement, body: HtmlElement, profile: Profile): Holder {
  if (tidy(textOf(frame)) === '') {
    const box = boxOf(image, body);
    if (box?.contains(frame)) return { element: box, ...linesIn(box, profile.credit), consumed: [] };
    const shared = galleryCaption(frame);
    return shared.length === 0
      ? followed(frame, profile)
      : { element: frame, captions: shared, owner: null, consumed: [] };
  }
  const lines = linesIn(frame, profile.credit);
  const isSilent = lines.captions.length === 0 && captionsIn(frame).length === 0;
  return { element: frame, ...lines, captions: isSilent ? galleryCaption(frame) : lines.captions, consumed: [] };
}

/** The line under a gallery speaks for those of its photos that have none of their own. */
function galleryCaption(frame: HtmlElement): string[] {
  const gallery = frame.parentElement?.closest('figure, .gallery');
  const line = gallery && selectAll(gallery, 'figcaption').find((caption) => caption.parentElement === gallery);
  const text = line ? tidy(textOf(line)) : '';
  return text === '' ? [] : [text];
}

// Every row holds only pictures, or a short text without links: rows of data and page layouts are left alone.
function isPhotoTable(table: HtmlElement): boolean {
  const rows = selectAll(table, 'tr');
  const isPicture = (row: HtmlElement) => selectAll(row, 'img').length > 0;
  return (
    rows.some((row) => isPicture(row) && tidy(textOf(row)) === '') &&
    rows.every(
      (row) =>
        tidy(textOf(row)).length <= longestCaption &&
        !selectAll(row, 'a[href]').some((link) => tidy(textOf(link)) !== ''),
    ) &&
    rows.filter((row) => !isPicture(row)).length <= rows.filter(isPicture).length
  );
}

function tabled(table: HtmlElement, profile: Profile): Holder {
  const photos = selectAll(table, 'img').length;
  const cells = selectAll(table, 'td, th, caption').filter((cell) => tidy(textOf(cell)) !== '');
  if (photos === 1 && cells.length === 1) {
    const [cell] = cells as [HtmlElement];
    cell.setAttribute('class', `${cell.getAttribute('class') ?? ''} caption`.trim());
    return { element: table, ...linesIn(table, profile.credit), consumed: [] };
  }
  const texts = cells.map((cell) => tidy(textOf(cell)));
  const captions = texts.length === photos ? texts : [texts.join(' ')];
  return { element: table, captions: captions.filter(Boolean), owner: null, consumed: [] };
}

/** The outermost element around one picture whose whole text is marked as said of it. */
function boxOf(image: HtmlElement, body: HtmlElement): HtmlElement | null {
  let box: HtmlElement | null = null;
  for (let around = image.parentElement; around && around !== body; around = around.parentElement) {
    if (/^(?:t[drh]|tbody|table|body|main)$/.test(around.localName) || !body.contains(around)) break;
    const text = tidy(textOf(around));
    if (text.length > mostInBox || selectAll(around, 'img').length > 1 || selectAll(around, heavy).length > 0) break;
    if (text === '') continue;
    if (!isToldOf(around, text)) break;
    box = around;
  }
  return box;
}

function isToldOf(box: HtmlElement, text: string): boolean {
  const captions = captionsIn(box);
  const marked = captions.concat(selectAll(box, '*').filter(isCredit));
  const told = marked
    .filter((element) => !marked.some((other) => other !== element && other.contains(element)))
    .reduce((sum, element) => sum + tidy(textOf(element)).length, 0);
  if (captions.length > 0 && told >= text.length * 0.8) return true;
  const links = selectAll(box, 'a[href]').filter((link) => tidy(textOf(link)) !== '');
  if (links.length > 0 || text.length > longestCaption) return false;
  if (boxName.test(box.getAttribute('class') ?? '') && selectAll(box, 'p, div').length <= 4) return true;
  return isSetAround(box);
}

/** `<p align=center><img><br><em>caption</em></p>`: the caption stands in the picture's own paragraph. */
function isSetAround(box: HtmlElement): boolean {
  if (!/^(?:p|div|center)$/.test(box.localName) || selectAll(box, 'p, div').length > 2) return false;
  return isCentred(box) || isSlanted(box) || isCaptionNamed(box);
}

function loose(image: HtmlElement, body: HtmlElement, profile: Profile): Holder {
  const block = onlyPhotoIn(image, body);
  return followed(block, profile);
}

/** By the line or block under it, where that is set as a caption or names the photographer. */
function followed(block: HtmlElement, profile: Profile): Holder {
  const run = lineAfter(block, profile);
  if (run) return { element: block, captions: [tidy(run.map(textOf).join(''))], owner: null, consumed: run };
  const next = block.nextElementSibling;
  const isCaption = next !== null && (isCaptionBlock(next, profile) || (profile.captionLines && isCaptionLine(next)));
  if (!block.parentElement || !isCaption) return { element: block, captions: [], owner: null, consumed: [] };
  const more = next.nextElementSibling;
  const said = more ? readCaption(textOf(more), profile.credit) : null;
  const captions = [tidy(textOf(next))];
  // The photographer's line under the caption.
  if (!more || said?.caption !== null || said.credit === null)
    return { element: block, captions, owner: null, consumed: [next] };
  const owner = { name: said.credit, printed: tidy(textOf(more)) };
  return { element: block, captions, owner, consumed: [next, more] };
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
function lineAfter(block: HtmlElement, { captionLines }: Profile): HtmlNode[] | null {
  const run: HtmlNode[] = [];
  let breaks = 0;
  for (let node = block.nextSibling; node; node = node.nextSibling) {
    const isBreak = isElement(node) && node.localName === 'br';
    const isInline = !isElement(node) || /^(?:br|em|i|b|strong|span|font|small|u)$/.test(node.localName);
    if (!isInline || (isElement(node) && selectAll(node, 'img').length > 0)) break;
    const isEmpty = textOf(node).trim() === '';
    if (isBreak && run.length > 0) {
      breaks += 1;
      break;
    }
    if (!isEmpty) run.push(node);
  }
  if (run.length === 0 || breaks === 0) return null;
  const text = tidy(run.map(textOf).join(''));
  if (text === '' || text.length > longestCaption) return null;
  const slanted = run.every((node) => isElement(node) && isSlanted(node));
  return slanted || (captionLines && readsAsCaption(text)) ? run : null;
}
