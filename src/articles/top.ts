/** What a page prints above its body but the story needs in it. */

import { bodyBlocks } from '#src/articles/blocks.ts';
import { figureOf, printedCaption } from '#src/articles/figure.ts';
import type { PagePhoto } from '#src/articles/page-photos.ts';
import { photoKey } from '#src/articles/photo-key.ts';
import type { Photo } from '#src/core/article.ts';
import { readCaption } from '#src/core/caption.ts';
import { withoutDash } from '#src/core/dateline.ts';
import type { Profile } from '#src/core/profile.ts';
import { type HtmlElement, type HtmlNode, isElement, textOf } from '#src/markup/html.ts';

/** The sapo opens the body, once. */
export function addSapo(body: HtmlElement, sapo: string | null): void {
  if (sapo === null) return;
  const texts = bodyBlocks(body)
    .filter((block) => !block.photo)
    .slice(0, 3);
  const [, ...again] = texts.filter(({ text }) => text === sapo);
  for (const { element } of again) element.remove();
  const heading = texts.find(({ element, text }) => text === sapo && /^h[1-6]$/.test(element.localName));
  if (heading) {
    // It opens the text; it is no heading over a part of it.
    const lead = body.ownerDocument.createElement('p');
    lead.append(...heading.element.childNodes);
    heading.element.replaceWith(lead);
  }
  if (texts.some(({ text }) => text.includes(sapo))) return;
  const paragraph = body.ownerDocument.createElement('p');
  paragraph.append(sapo);
  body.prepend(paragraph);
}

/**
 * The photos of the source, else of the page's head, for a body without any.
 * Beside photos of its own only a captioned one of the source's is new; the others are crops of the same.
 */
export function addLeadPhoto(
  body: HtmlElement,
  photos: Photo[],
  hinted: readonly PagePhoto[],
  page: readonly PagePhoto[],
  rules: Profile['credit'],
): void {
  const isNew = (photo: PagePhoto) => {
    if (photo.caption === null) return false;
    // The body's captions stand without their credits.
    const { caption } = readCaption(photo.caption, rules);
    const key = photoKey(photo.url);
    return !photos.some(
      (known) => photoKey(known.url ?? '') === key || (caption !== null && known.caption === caption),
    );
  };
  const added = photos.length > 0 ? hinted.filter(isNew) : hinted.length > 0 ? hinted : page.slice(0, 1);
  const told = added.map((photo) => {
    const { caption, credit } = readCaption(photo.caption ?? '', rules);
    return { ...photo, caption, credit: photo.credit ?? credit };
  });
  body.prepend(...told.map((photo) => figureOf(photo, printedCaption(photo), body.ownerDocument)));
  photos.unshift(...told);
}

/** A dash at the very start is what is left of a tag the page prints elsewhere. */
export function dropDash(body: HtmlElement): void {
  const first = bodyBlocks(body).find((block) => !block.photo);
  if (!first || withoutDash(first.text) === first.text) return;
  let node: HtmlNode | undefined = first.element;
  while (isElement(node)) node = [...node.childNodes].find((child) => textOf(child).trim() !== '');
  if (node) node.textContent = (node.textContent ?? '').replace(/^\s*[-–—―]+\s*/u, '');
}
