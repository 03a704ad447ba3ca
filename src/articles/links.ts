/** Links and frames of a body, as they may leave it. */
import { baseOf, type HtmlElement, selectAll } from '#src/markup/html.ts';
import { absoluteUrl } from '#src/markup/html-text.ts';

/** Absolute addresses; a frame stands in a paragraph of its own, one that shows nothing goes. */
export function resolveLinks(body: HtmlElement): void {
  const base = baseOf(body.ownerDocument);
  for (const link of selectAll(body, 'a')) {
    const url = absoluteUrl(link.getAttribute('href'), base);
    if (url) link.setAttribute('href', url);
    else link.replaceWith(...link.childNodes);
  }
  for (const frame of selectAll(body, 'iframe')) {
    const url = absoluteUrl(frame.getAttribute('src') ?? frame.getAttribute('data-src'), base);
    if (!url || isNoFilm(frame, url)) {
      frame.remove();
      continue;
    }
    frame.setAttribute('src', url);
    if (frame.closest('p, li, td, figure')) continue;
    const paragraph = body.ownerDocument.createElement('p');
    frame.replaceWith(paragraph);
    paragraph.append(frame);
  }
}

/** Frames of advertisers and counters, and those too small to be seen. */
function isNoFilm(frame: HtmlElement, url: string): boolean {
  const sides = [frame.getAttribute('width'), frame.getAttribute('height')];
  if (sides.some((side) => side !== null && /^[01](?:px)?$/.test(side))) return true;
  return /doubleclick|googlesyndication|adservice|googletagmanager|taboola|outbrain|\/plugins\/(?:like|share|comments)|about:blank/i.test(
    url,
  );
}
