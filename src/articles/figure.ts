/** How a photo stands in the body. */
import type { Photo } from '#src/core/article.ts';
import type { HtmlDocument, HtmlElement } from '#src/markup/html.ts';

/** `figure > img + figcaption`, without `img` where its address is not known, marked so that it is not read again. */
export function figureOf(photo: Photo, printed: string | null, document: HtmlDocument): HtmlElement {
  const figure = document.createElement('figure');
  figure.setAttribute('data-photo', '');
  if (photo.url !== null) figure.append(imageOf(photo, photo.url, document));
  if (printed === null) return figure;
  const caption = document.createElement('figcaption');
  caption.append(printed);
  figure.append(caption);
  return figure;
}

function imageOf({ alt, width, height }: Photo, url: string, document: HtmlDocument): HtmlElement {
  const image = document.createElement('img');
  image.setAttribute('src', url);
  image.setAttribute('alt', alt ?? '');
  if (width !== null) image.setAttribute('width', String(width));
  if (height !== null) image.setAttribute('height', String(height));
  return image;
}

/** Caption and credit as readers see them together. */
export function printedCaption(photo: Pick<Photo, 'caption' | 'credit'>): string | null {
  if (photo.credit === null) return photo.caption;
  return photo.caption === null ? photo.credit : `${photo.caption} (${photo.credit})`;
}
