/** How a photo stands in the body. */
import type { Photo } from '#src/core/article.ts';
import type { HtmlDocument, HtmlElement } from '#src/markup/html.ts';

/** `figure > img + figcaption`, marked so that it is not read again. */
export function figureOf(photo: Photo, printed: string | null, document: HtmlDocument): HtmlElement {
  const figure = document.createElement('figure');
  figure.setAttribute('data-photo', '');
  const image = document.createElement('img');
  image.setAttribute('src', photo.url ?? '');
  image.setAttribute('alt', photo.alt ?? '');
  if (photo.width !== null) image.setAttribute('width', String(photo.width));
  if (photo.height !== null) image.setAttribute('height', String(photo.height));
  figure.append(image);
  if (printed === null) return figure;
  const caption = document.createElement('figcaption');
  caption.append(printed);
  figure.append(caption);
  return figure;
}

/** Caption and credit as readers see them together. */
export function printedCaption(photo: Pick<Photo, 'caption' | 'credit'>): string | null {
  if (photo.credit === null) return photo.caption;
  return photo.caption === null ? photo.credit : `${photo.caption} (${photo.credit})`;
}
