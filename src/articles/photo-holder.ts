/** What belongs to a photo in the many ways pages set one: the element around it and the line printed with it. */
import { isImageFile } from '#src/articles/photo-source.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { type HtmlElement, isElement, selectAll, textOf } from '#src/markup/html.ts';

/** Longer than any caption; a paragraph of the story. */
export const longestCaption = 300;

const frames = 'figure, .wp-caption, .VCSortableInPreviewMode, .gallery-item';
const captionMarks =
  'figcaption, .wp-caption-text, .PhotoCMS_Caption, .ck_legend, .desc_image, p.Image, .pCaption, [class*="caption"], [class*="Caption"], [class*="chu-thich"], [class*="chuthich"], [class*="legend"]';
const creditMarks = '.PhotoCMS_Author, [class*="photo-credit"], [itemprop="copyrightHolder"]';

export interface Holder {
  /** To be replaced by the photo. */
  element: HtmlElement;
  /** Printed lines, one per photo or one for all. */
  captions: string[];
  credit: string | null;
  /** A following block that was the caption: taken out of the text. */
  consumed: HtmlElement | null;
}

/** The photo's frame, table, or the block that holds nothing else, with its caption. */
export function holderOf(image: HtmlElement, body: HtmlElement, captionLines: boolean): Holder {
  const frame = image.closest(frames);
  if (frame && body.contains(frame) && frame !== body) return framed(frame);
  const table = image.closest('table');
  if (table && body.contains(table) && table !== body && isPhotoTable(table)) return tabled(table);
  return loose(image, body, captionLines);
}

/** A picture that leads to another page is that page's, unless a caption of its own says otherwise. */
export function isTeaser(image: HtmlElement): boolean {
  const link = image.closest('a[href]');
  if (!link || isImageFile(link.getAttribute('href') ?? '')) return false;
  const frame = image.closest(frames);
  if (!frame) return true;
  const linked = selectAll(frame, 'a[href]')
    .map((each) => tidy(textOf(each)))
    .join(' ');
  return tidy(linked) !== '' && tidy(linked) === tidy(textOf(frame));
}

function framed(frame: HtmlElement): Holder {
  const marked = outermost(selectAll(frame, captionMarks)).filter((element) => selectAll(element, 'img').length === 0);
  const credit = selectAll(frame, creditMarks)[0];
  const creditText = credit ? tidy(textOf(credit)) : null;
  credit?.remove();
  const captions = marked.map((element) => tidy(textOf(element))).filter(Boolean);
  const rest = captions.length === 0 && marked.length === 0 ? tidy(textOf(frame)) : '';
  if (rest !== '' && rest.length <= longestCaption) captions.push(rest);
  if (captions.length === 0) captions.push(...galleryCaption(frame));
  return { element: frame, captions, credit: creditText || null, consumed: null };
}

/** The line under a gallery speaks for those of its photos that have none of their own. */
function galleryCaption(frame: HtmlElement): string[] {
  const gallery = frame.parentElement?.closest('figure, .gallery');
  const line = gallery && selectAll(gallery, 'figcaption').find((caption) => caption.parentElement === gallery);
  const text = line ? tidy(textOf(line)) : '';
  return text === '' ? [] : [text];
}

function outermost(elements: HtmlElement[]): HtmlElement[] {
  return elements.filter((element) => !elements.some((other) => other !== element && other.contains(element)));
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

function tabled(table: HtmlElement): Holder {
  const photos = selectAll(table, 'img').length;
  const cells = selectAll(table, 'td, th, caption')
    .map((cell) => tidy(textOf(cell)))
    .filter(Boolean);
  const captions = cells.length === photos ? cells : [cells.join(' ')];
  return { element: table, captions: captions.filter(Boolean), credit: null, consumed: null };
}

function loose(image: HtmlElement, body: HtmlElement, captionLines: boolean): Holder {
  const block = onlyPhotoIn(image, body);
  const inside = captionBeside(block, body);
  if (inside) return inside;
  const next = block.nextElementSibling;
  if (block.parentElement && next && (isCaptionBlock(next) || (captionLines && isCaptionLine(next))))
    return { element: block, captions: [tidy(textOf(next))], credit: null, consumed: next };
  return { element: block, captions: [], credit: null, consumed: null };
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

/** `<p align=center><img><br><em>caption</em></p>`: the caption stands in the picture's own paragraph. */
function captionBeside(block: HtmlElement, body: HtmlElement): Holder | null {
  const around = block.parentElement;
  if (!around || around === body || !body.contains(around) || !/^(?:p|div|center)$/.test(around.localName)) return null;
  if (selectAll(around, 'img').length > 1 || selectAll(around, 'a[href]').some((link) => tidy(textOf(link)) !== ''))
    return null;
  const text = tidy(textOf(around));
  if (text === '' || text.length > longestCaption || selectAll(around, 'p, div, ul, table, h2, h3').length > 1)
    return null;
  const after = block.nextSibling;
  const follows = isElement(after) && /^(?:br|em|i|small|span|p|div)$/.test(after.localName);
  return isCentred(around) || isSlanted(around) || (follows && isCaptionClass(around))
    ? { element: around, captions: [text], credit: null, consumed: null }
    : null;
}

/** Short, without links, and set like a caption, unless the text after it is set the same way. */
function isCaptionBlock(element: HtmlElement): boolean {
  const text = tidy(textOf(element));
  if (
    text === '' ||
    text.length > longestCaption ||
    !/^(?:p|div|em|i|span|center|small|h6|h5)$/.test(element.localName)
  )
    return false;
  if (selectAll(element, 'img, a[href]').length > 0) return false;
  if (isCaptionClass(element)) return true;
  const next = element.nextElementSibling;
  const nextIsPhoto = next !== null && selectAll(next, 'img').length > 0;
  if (isCentred(element)) return !(next && !nextIsPhoto && isCentred(next));
  return isSlanted(element) && !(next && !nextIsPhoto && isSlanted(next));
}

/** A paragraph like any other, but without a full stop; where portals set captions so. In bold it is a heading. */
function isCaptionLine(element: HtmlElement): boolean {
  const text = tidy(textOf(element));
  if (element.localName !== 'p' || text.length > longestCaption || text.split(' ').length < 4) return false;
  if (endsSentence(text) || !/^["“]?\p{Lu}/u.test(text) || selectAll(element, 'img, a[href]').length > 0) return false;
  const bold = outermost(selectAll(element, 'b, strong')).map(textOf).join(' ');
  return tidy(bold).length < text.length * 0.9;
}

function isCaptionClass(element: HtmlElement): boolean {
  return /caption|chu-?thich|image-?desc|desc-?image|photo-?note|legend/i.test(element.getAttribute('class') ?? '');
}

function isCentred(element: HtmlElement): boolean {
  if (element.localName === 'center' || element.getAttribute('align')?.toLowerCase() === 'center') return true;
  return (
    /text-align\s*:\s*center/i.test(element.getAttribute('style') ?? '') ||
    /(?:^|[\s-])(?:text-center|align-?center)(?:$|\s)/i.test(element.getAttribute('class') ?? '')
  );
}

function isSlanted(element: HtmlElement): boolean {
  if (/^(?:em|i)$/.test(element.localName) || /font-style\s*:\s*italic/i.test(element.getAttribute('style') ?? ''))
    return true;
  const slanted = outermost(selectAll(element, 'em, i, [style*="italic"]')).map(textOf).join(' ');
  return tidy(slanted) !== '' && tidy(slanted).length >= tidy(textOf(element)).length * 0.9;
}
