/** How a block is set: captions are centred, slanted or small where paragraphs are not. */
import { isCaptionNamed, longestCaption, outermost } from '#src/articles/photo-caption.ts';
import { readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

/** Names that mean a caption only right under a picture. */
const longestCentred = 150;
const describing = /(?:^|[\s_-])(?:desc|description|note|sub|small|nho)(?:$|[\s_-])/i;

/** Short, without links, and set like a caption or signed like one, unless the text after it is set the same way. */
export function isCaptionBlock(element: HtmlElement, { credit }: Profile): boolean {
  const text = tidy(textOf(element));
  if (text === '' || text.length > longestCaption) return false;
  if (!/^(?:p|div|em|i|span|center|small|font|h6|h5)$/.test(element.localName)) return false;
  if (selectAll(element, 'img').length > 0 || linkedShare(element) > (isCaptionNamed(element) ? 0.5 : 0)) return false;
  if (isCaptionNamed(element) || describing.test(element.getAttribute('class') ?? '') || /^[▲▼△▽↑]/u.test(text))
    return true;
  // The smallest heading is set for its size.
  if (element.localName === 'h6' && !endsSentence(text)) return true;
  // No paragraph of a story ends so.
  const said = readCaption(text, credit);
  if (said.credit !== null && said.caption !== null) return true;
  // A full sentence as long as a paragraph, set in the middle, is one.
  if (text.length > longestCentred && endsSentence(text) && !isSlanted(element) && !isSmall(element)) return false;
  const next = element.nextElementSibling;
  const isText = next !== null && selectAll(next, 'img').length === 0 && !isOnlyCredit(textOf(next), credit);
  return [isCentred, isSlanted, isSmall].some((is) => is(element) && !(isText && is(next)));
}

/** The photographer's line under a caption is set as the caption is. */
function isOnlyCredit(line: string, rules: Profile['credit']): boolean {
  const said = line.length <= longestCentred ? readCaption(line, rules) : null;
  return said !== null && said.caption === null && said.credit !== null;
}

function linkedShare(element: HtmlElement): number {
  const linked = selectAll(element, 'a[href]').reduce((sum, link) => sum + tidy(textOf(link)).length, 0);
  return linked / Math.max(1, tidy(textOf(element)).length);
}

/** A paragraph like any other, but without a full stop; where portals set captions so. In bold it is a heading. */
export function isCaptionLine(element: HtmlElement): boolean {
  if (element.localName !== 'p' || selectAll(element, 'img, a[href]').length > 0) return false;
  if (!readsAsCaption(textOf(element))) return false;
  const bold = outermost(selectAll(element, 'b, strong')).map(textOf).join(' ');
  return tidy(bold).length < tidy(textOf(element)).length * 0.9;
}

/** Some words without a full stop. */
export function readsAsCaption(line: string): boolean {
  const text = tidy(line);
  return (
    text.length <= longestCaption &&
    text.split(' ').length >= 4 &&
    !endsSentence(text) &&
    !text.endsWith(':') &&
    /^["“]?\p{Lu}/u.test(text)
  );
}

const longestLine = 160;

/** A plain box of one picture and one short line under it, with nothing linked. */
export function isPictureWithLine(box: HtmlElement): boolean {
  const parts = [...box.children].filter((child) => hasPicture(child) || tidy(textOf(child)) !== '');
  const [picture, line] = parts;
  if (box.localName !== 'div' || !picture || !line || parts.length !== 2) return false;
  if (!hasPicture(picture) || tidy(textOf(picture)) !== '' || hasPicture(line) || !isLine(line)) return false;
  const text = tidy(textOf(line));
  return text.length <= longestLine && tidy(textOf(box)) === text && selectAll(box, 'img').length === 1;
}

/** What a lead is called. */
const leading = /lead|lede|summary|intro|sapo|standfirst|dek|deck|teaser|excerpt|ingress/i;

function isLine(element: HtmlElement): boolean {
  if (leading.test(element.getAttribute('class') ?? '')) return false;
  return (
    /^(?:p|div|span|small|em|i)$/.test(element.localName) && selectAll(element, 'a[href], p, div, ul').length === 0
  );
}

function hasPicture(element: HtmlElement): boolean {
  return element.localName === 'img' || selectAll(element, 'img').length > 0;
}

export function isCentred(element: HtmlElement): boolean {
  if (element.localName === 'center' || element.getAttribute('align')?.toLowerCase() === 'center') return true;
  return (
    /text-align\s*:\s*center/i.test(element.getAttribute('style') ?? '') ||
    /(?:^|[\s-])(?:text-center|align-?center)(?:$|\s)/i.test(element.getAttribute('class') ?? '')
  );
}

export function isSlanted(element: HtmlElement): boolean {
  const style = element.getAttribute('style') ?? '';
  if (/^(?:em|i)$/.test(element.localName) || /font-style\s*:\s*italic/i.test(style)) return true;
  return isWithin(element, 'em, i, [style*="italic"]');
}

export function isSmall(element: HtmlElement): boolean {
  if (element.localName === 'small') return true;
  return isWithin(element, 'small, font[size="1"], font[size="2"], font[size="-1"]');
}

/** A box of its own width beside the text. */
export function isSetApart(element: HtmlElement): boolean {
  return (
    element.localName === 'div' &&
    (/(?:^|[;\s])(?:float|width)\s*:/i.test(element.getAttribute('style') ?? '') ||
      /^(?:left|right)$/i.test(element.getAttribute('align') ?? ''))
  );
}

/** Whether nearly all of its text stands in elements of this kind. */
function isWithin(element: HtmlElement, selector: string): boolean {
  const text = tidy(outermost(selectAll(element, selector)).map(textOf).join(' '));
  return text !== '' && text.length >= tidy(textOf(element)).length * 0.9;
}
