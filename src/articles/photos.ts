/** Finds a body's photos and sets each as `figure > img + figcaption` at its place. */
import { figureOf, printedCaption } from '#src/articles/figure.ts';
import { markCaptions } from '#src/articles/own-captions.ts';
import type { Holder } from '#src/articles/photo-caption.ts';
import { isDecoration } from '#src/articles/photo-decoration.ts';
import { holderOf, isTeaser } from '#src/articles/photo-holder.ts';
import { photoKey } from '#src/articles/photo-key.ts';
import { describePhoto, type PhotoRules } from '#src/articles/photo-said.ts';
import { addressOf, type ImageSource, imageSource } from '#src/articles/photo-source.ts';
import type { Photo } from '#src/core/article.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

/** More pictures than any story has. */
const most = 200;

/** Takes the photos; the body is changed: captions leave its text, what is no photo goes. */
export function takePhotos(body: HtmlElement, rules: PhotoRules): Photo[] {
  const { profile, folder = null } = rules;
  markCaptions(body, profile.selectors.caption);
  const taken = new Map<string, Taken>();
  const photos: Photo[] = [];
  for (const image of selectAll(body, 'img').slice(0, most)) {
    if (!body.contains(image) || image.closest('figure[data-photo]')) continue;
    if (imageSource(image, folder) === null || isTeaser(image, body)) {
      if (isUnseen(image, folder)) photos.push(...takeUnseen(image, body, rules));
      else removeWithFrame(image);
      continue;
    }
    const holder = holderOf(image, body, profile);
    const sources = imagesIn(holder.element, folder);
    const fresh = sources.filter(({ source }) => !taken.has(photoKey(source.url)));
    if (fresh.length === 0 && sources.length === 1)
      captionLate(taken.get(photoKey(sources[0]!.source.url))!, holder, rules);
    const figures = fresh.map(({ image: each, source }, index) => {
      const line = captionFor(holder, index, fresh.length);
      const photo = describePhoto(each, source, { line, owner: holder.owner }, rules);
      // A caption shared by several photos is printed once, under the last.
      const isShared = holder.captions.length !== fresh.length && index < fresh.length - 1;
      const figure = figureOf(
        photo,
        isShared ? null : printedLine(photo, line, holder.owner?.printed ?? null),
        body.ownerDocument,
      );
      taken.set(photoKey(source.url), { photo, figure });
      photos.push(photo);
      return figure;
    });
    place(holder, figures);
  }
  unwrapFrames(body);
  dropRepeats(body, photos);
  return photos;
}

interface Taken {
  photo: Photo;
  figure: HtmlElement;
}

/** A photo that stood above without a caption, and stands here again with one. */
function captionLate(taken: Taken, holder: Holder, rules: PhotoRules): void {
  const { photo, figure } = taken;
  const image = selectAll(holder.element, 'img')[0] ?? holder.element;
  const line = captionFor(holder, 0, 1);
  if (photo.caption !== null || line === null) return;
  const source = { url: photo.url ?? '', width: photo.width, height: photo.height };
  Object.assign(photo, describePhoto(image, source, { line, owner: holder.owner }, rules));
  const again = figureOf(photo, printedLine(photo, line, holder.owner?.printed ?? null), figure.ownerDocument);
  figure.replaceWith(again);
  taken.figure = again;
}

/** A caption that the text tells once more, in a paragraph of its own. */
function dropRepeats(body: HtmlElement, photos: readonly Photo[]): void {
  const told = new Set(
    // A photographer's name alone is the byline's too.
    photos
      .flatMap((photo) => (photo.caption === null ? [] : [photo.caption, printedCaption(photo)]))
      .filter((text) => text !== null),
  );
  for (const paragraph of told.size === 0 ? [] : selectAll(body, 'p')) {
    if (told.has(tidy(textOf(paragraph))) && selectAll(paragraph, 'img').length === 0) paragraph.remove();
  }
}

/** Galleries, and figures around tables or quotes: what they hold stays, their own caption becomes a paragraph. */
function unwrapFrames(body: HtmlElement): void {
  for (const frame of selectAll(body, 'figure').filter((figure) => figure.getAttribute('data-photo') === null)) {
    for (const caption of selectAll(frame, 'figcaption').filter((each) => !each.closest('figure[data-photo]'))) {
      const paragraph = body.ownerDocument.createElement('p');
      paragraph.append(...caption.childNodes);
      if (selectAll(frame, 'figure[data-photo]').length > 0) caption.remove();
      else caption.replaceWith(paragraph);
    }
    frame.replaceWith(...frame.childNodes);
  }
  for (const list of selectAll(body, 'ul, ol')) {
    const figures = selectAll(list, 'figure[data-photo]');
    if (figures.length > 0 && isOnly(list, figures)) list.replaceWith(...figures);
  }
}

/** Whether it says nothing beside its photos. */
function isOnly(list: HtmlElement, figures: readonly HtmlElement[]): boolean {
  const told = figures.map(textOf).join('');
  return tidy(textOf(list)).replaceAll(' ', '') === tidy(told).replaceAll(' ', '');
}

function imagesIn(element: HtmlElement, folder: string | null): { image: HtmlElement; source: ImageSource }[] {
  const images = element.localName === 'img' ? [element] : selectAll(element, 'img');
  const found = new Map<string, { image: HtmlElement; source: ImageSource }>();
  for (const image of images.slice(0, most)) {
    const source = imageSource(image, folder);
    if (source && !found.has(source.url)) found.set(source.url, { image, source });
  }
  return [...found.values()];
}

/** Each its own where there are as many captions as photos; else one for all. */
function captionFor(holder: Holder, index: number, count: number): string | null {
  if (holder.captions.length === count) return holder.captions[index] ?? null;
  return holder.captions.length === 0 ? null : holder.captions.join(' ');
}

/** As the page prints it, the photographer's line after it. */
function printedLine(photo: Photo, line: string | null, credit: string | null): string | null {
  if (line === null || photo.caption === null) return printedCaption(photo);
  return credit === null ? line : `${line} ${credit}`;
}

/** A figure may not stand inside a paragraph, a link or a heading: it goes before or after it. */
function place(holder: Holder, figures: HtmlElement[]): void {
  const { element, consumed } = holder;
  for (const node of consumed) (node as HtmlElement).remove();
  const outer = element.closest('p, h1, h2, h3, h4, h5, h6, a');
  if (!outer || outer === element) {
    element.replaceWith(...figures);
    return;
  }
  const isLast = outer.textContent?.trim() !== '' && element.nextSibling === null;
  element.remove();
  if (isLast) outer.after(...figures);
  else outer.before(...figures);
  if (outer.textContent?.trim() === '' && selectAll(outer, 'img').length === 0) outer.remove();
}

/** An address of another kind (`file:`) was not meant for readers. */
function isUnseen(image: HtmlElement, folder: string | null): boolean {
  const src = image.getAttribute('src') ?? '';
  return addressOf(image, folder) === null && !isDecoration(image) && (!URL.canParse(src) || /^data:/i.test(src));
}

/**
 * A photo that cannot be reached, since only the page's script knows its address, or it stands beside a page that was
 * saved alone: its caption is no sentence of the story, and all that is left of it.
 */
function takeUnseen(image: HtmlElement, body: HtmlElement, rules: PhotoRules): Photo[] {
  const holder = holderOf(image, body, rules.profile);
  const { element, consumed, captions, owner } = holder;
  if (element.localName !== 'img' && selectAll(element, 'img').length > 1) {
    image.remove();
    return [];
  }
  if (captions.length === 0) {
    for (const node of [...consumed, element]) (node as HtmlElement).remove();
    return [];
  }
  const line = captions.join(' ');
  const unseen = { url: '', width: null, height: null };
  const photo = { ...describePhoto(image, unseen, { line, owner }, rules), url: null, width: null, height: null };
  place(holder, [figureOf(photo, printedLine(photo, line, owner?.printed ?? null), body.ownerDocument)]);
  return [photo];
}

function removeWithFrame(image: HtmlElement): void {
  const frame = image.closest('figure');
  if (frame && selectAll(frame, 'img').length === 1) frame.remove();
  else image.remove();
}
