/** What belongs to a photo in the many ways pages set one: the element around it and the line printed with it. */
import {
  captionsIn,
  type Holder,
  isCaptionNamed,
  isCredit,
  linesIn,
  longestCaption,
} from '#src/articles/photo-caption.ts';
import { followed, loose } from '#src/articles/photo-loose.ts';
import { isCentred, isPictureWithLine, isSetApart, isSlanted, isSmall } from '#src/articles/photo-style.ts';
import { isPhotoTable, tabled } from '#src/articles/photo-table.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

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

/** The outermost element around one picture whose whole text is marked as said of it. */
function boxOf(image: HtmlElement, body: HtmlElement): HtmlElement | null {
  let box: HtmlElement | null = null;
  for (let around = image.parentElement; around && around !== body; around = around.parentElement) {
    if (/^(?:t[drh]|tbody|table|body|main)$/.test(around.localName) || !body.contains(around)) break;
    const text = tidy(textOf(around));
    if (text.length > mostInBox || selectAll(around, 'img').length > 1) break;
    if (selectAll(around, heavy).some((each) => each.localName !== 'blockquote' || !isCaptionNamed(each))) break;
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
  if (isSlide(box) || (isPictureWithLine(box) && isAmongText(box))) return true;
  if (boxName.test(box.getAttribute('class') ?? '') && selectAll(box, 'p, div').length <= 4) return true;
  return isSetAround(box);
}

/** Between paragraphs, or beside boxes like itself. */
function isAmongText(box: HtmlElement): boolean {
  const beside = [...(box.parentElement?.children ?? [])].slice(0, mostSlides).filter((each) => each !== box);
  const paragraphs = beside.filter((each) => each.localName === 'p' && tidy(textOf(each)) !== '');
  return paragraphs.length > 1 || (beside.length > 0 && beside.every(isPictureWithLine));
}

const mostSlides = 60;

/** In a list of pictures whatever stands with each is said of it. */
function isSlide(box: HtmlElement): boolean {
  if (box.localName !== 'li' || !box.parentElement) return false;
  const all = [...box.parentElement.children];
  if (all.length < 2 || all.length > mostSlides) return false;
  return all.every((each) => /^(?:li|figure)$/.test(each.localName) && selectAll(each, 'img').length === 1);
}

/** `<p align=center><img><br><em>caption</em></p>`: the caption stands in the picture's own paragraph. */
function isSetAround(box: HtmlElement): boolean {
  if (!/^(?:p|div|center)$/.test(box.localName) || selectAll(box, 'p, div').length > 2) return false;
  return [isCentred, isSlanted, isSmall, isSetApart, isCaptionNamed].some((is) => is(box));
}
