/** Finds a body's photos and sets each as `figure > img + figcaption` at its place. */
import type { PagePhoto } from '#src/articles/extract.ts';
import { figureOf, printedCaption } from '#src/articles/figure.ts';
import { type Holder, holderOf, isTeaser } from '#src/articles/photo-holder.ts';
import { type ImageSource, imageSource } from '#src/articles/photo-source.ts';
import type { Photo } from '#src/core/article.ts';
import { readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll } from '#src/markup/html.ts';

/** More pictures than any story has. */
const most = 200;

/**
 * Takes the photos; the body is changed: captions leave its text, what is no photo goes. `known`: what the page says
 * elsewhere; `folder`: below it photos may be files.
 */
export function takePhotos(
  body: HtmlElement,
  known: readonly PagePhoto[],
  profile: Profile,
  folder: string | null = null,
): Photo[] {
  const photos: Photo[] = [];
  const seen = new Set<string>();
  for (const image of selectAll(body, 'img').slice(0, most)) {
    if (!body.contains(image) || image.closest('figure[data-photo]')) continue;
    if (imageSource(image, folder) === null || isTeaser(image)) {
      removeWithFrame(image);
      continue;
    }
    const holder = holderOf(image, body, profile.captionLines);
    const sources = imagesIn(holder.element, folder);
    const fresh = sources.filter(({ source }) => !seen.has(source.url));
    for (const { source } of fresh) seen.add(source.url);
    const figures = fresh.map(({ image: each, source }, index) => {
      const line = captionFor(holder, index, fresh.length);
      const photo = describe(each, source, line, holder.credit, known, profile.credit);
      photos.push(photo);
      // A caption shared by several photos is printed once, under the last.
      const isShared = holder.captions.length !== fresh.length && index < fresh.length - 1;
      return figureOf(photo, isShared ? null : printedLine(photo, line, holder.credit), body.ownerDocument);
    });
    place(holder, figures);
  }
  unwrapFrames(body);
  return photos;
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

function describe(
  image: HtmlElement,
  source: ImageSource,
  printed: string | null,
  credit: string | null,
  known: readonly PagePhoto[],
  rules: Profile['credit'],
): Photo {
  const said = known.find((photo) => photo.url === source.url);
  const title = tidy(image.getAttribute('title') ?? '');
  const fallback = said?.caption ?? (isText(title) ? title : '');
  const caption = readCaption(printed ?? fallback, rules);
  const alt = tidy(image.getAttribute('alt') ?? '');
  return {
    url: source.url,
    caption: caption.caption,
    credit: nameOf(credit, rules) ?? caption.credit ?? said?.credit ?? null,
    alt: isText(alt) ? alt : (said?.alt ?? null),
    width: said?.width ?? source.width,
    height: said?.height ?? source.height,
  };
}

function nameOf(credit: string | null, rules: Profile['credit']): string | null {
  if (credit === null) return null;
  const read = readCaption(credit, rules);
  return read.credit ?? read.caption;
}

/** File names and counters (`Headline - Ảnh 1.`) describe nothing. */
function isText(text: string): boolean {
  return (
    text !== '' &&
    !/\.(?:jpe?g|png|webp|gif|avif)$/i.test(text) &&
    !/^(?:img|dsc|image|photo|ảnh)?[\s_-]*\d*$/iu.test(text) &&
    !/\s[-–]\s*(?:Ảnh|Photo|Hình)\s*\d+\.?$/iu.test(text)
  );
}

/** A figure may not stand inside a paragraph, a link or a heading: it goes before or after it. */
function place(holder: Holder, figures: HtmlElement[]): void {
  const { element, consumed } = holder;
  consumed?.remove();
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

function removeWithFrame(image: HtmlElement): void {
  const frame = image.closest('figure');
  if (frame && selectAll(frame, 'img').length === 1) frame.remove();
  else image.remove();
}
