/** What a page sets between its headline and its text: the sapo, a summary in points, the first photo. */
import { isHidden, namedAs } from '#src/articles/furniture.ts';
import { weigh } from '#src/articles/measure.ts';
import { headingOf } from '#src/articles/near-headline.ts';
import { captionsIn } from '#src/articles/photo-caption.ts';
import { photoKey } from '#src/articles/photo-key.ts';
import { addressOf } from '#src/articles/photo-source.ts';
import { isPictureWithLine } from '#src/articles/photo-style.ts';
import { isPhotoTable } from '#src/articles/photo-table.ts';
import { readsAsSentence, tidy } from '#src/core/text.ts';
import { type HtmlElement, selectAll, textOf } from '#src/markup/html.ts';

export interface HeaderRules {
  /** The headline as the page's facts have it. */
  headline: string | null;
  /** The page's own summary, in its head. */
  description: string | null;
  /** Keys of the photos that the page's head names. */
  shared: ReadonlySet<string>;
  dropped: ReadonlySet<HtmlElement>;
  /** Whether a line tells names or a time. */
  isByline: (line: string) => boolean;
}

const shortestSapo = 40;
const longestCaption = 400;
/** What the sapo's element is called. */
export const leadName =
  /(?:^|[\s_-])(?:sapo|lead|lede|standfirst|deck|dek|subhead(?:line)?|sub-?title|chapo|chapeau|entradilla|vorspann|teaser-?text|intro(?:duction|text)?|summary|excerpt|abstract|tom-?tat|mo-?ta|description|bajada|copete|gancio|ingress)(?:$|[\s_-])/i;

/** What the paper says of an earlier version. */
export const correctionNote =
  /^(?:this|the) (?:story|article|post|report) (?:was|has been) (?:last )?(?:updated|corrected|amended)\b|^(?:corrections?|clarification|editor[’']s note|đính chính|cải chính|korrektur|berichtigung|anmerkung der redaktion|rectificatif|correctif|fe de errores|correção|errata|rettifica|訂正|更正|정정)\s*[:：]/iu;

/** In reading order, outside `story`, which they precede. */
export function headerPieces(story: HtmlElement, root: HtmlElement, rules: HeaderRules): HtmlElement[] {
  const printed = headingOf(root, rules.headline);
  const heading = printed && !story.contains(printed) ? printed : null;
  const limit = heading ? null : story.parentElement?.closest('article, main, [role="main"]');
  if (!heading && !limit) return [];
  const found: HtmlElement[][] = [];
  for (let part = story; part.parentElement && part !== limit; part = part.parentElement) {
    for (let before = part.previousElementSibling; before; before = before.previousElementSibling) {
      if (heading && before.contains(heading)) {
        found.push(...after(heading, before).map((each) => piecesIn(each, rules)));
        return [...coverOf(heading, rules), ...found.reverse().flat()];
      }
      const above = pictureOver(before, rules);
      if (above) above.append(before);
      found.push(piecesIn(above ?? before, rules));
      before = above ?? before;
    }
  }
  return heading ? [] : found.reverse().flat();
}

/** A figure right over the headline, in the same article; else the picture that the page shares, printed above it. */
function coverOf(heading: HtmlElement, rules: HeaderRules): HtmlElement[] {
  const own = figureOver(heading, rules);
  return own.length > 0 ? own : sharedOver(heading, rules);
}

function sharedOver(heading: HtmlElement, rules: HeaderRules): HtmlElement[] {
  for (let at = heading; at.parentElement; at = at.parentElement) {
    for (let before = at.previousElementSibling; before; before = before.previousElementSibling) {
      const shared = selectAll(before, 'img').find((image) => rules.shared.has(photoKey(addressOf(image, null) ?? '')));
      const linked = shared?.closest('a[href], nav, aside');
      if (shared && !linked && !selectAll(before, 'h1, h2, h3, p').some((each) => weigh(textOf(each)) > longestCaption))
        return selectAll(before, 'img').length === 1 && isPhoto(before, tidy(textOf(before))) ? [before] : [shared];
    }
  }
  return [];
}

function figureOver(heading: HtmlElement, rules: HeaderRules): HtmlElement[] {
  const over = heading.previousElementSibling ?? heading.parentElement?.previousElementSibling ?? null;
  if (over?.localName !== 'figure' || !heading.closest('article')?.contains(over)) return [];
  return piecesIn(over, rules);
}

/** What follows `heading` inside `part`, nearest last, as the walk up collects. */
function after(heading: HtmlElement, part: HtmlElement): HtmlElement[] {
  const following: HtmlElement[] = [];
  for (let at: HtmlElement | null = heading; at && at !== part; at = at.parentElement) {
    for (let next = at.nextElementSibling; next; next = next.nextElementSibling) following.push(next);
  }
  return following.reverse();
}

function piecesIn(element: HtmlElement, rules: HeaderRules): HtmlElement[] {
  if (rules.dropped.has(element) || isHidden(element) || namedAs(element) === 'furniture') return [];
  if (/^(?:h1|script|style|time|button|hr|br)$/.test(element.localName)) return [];
  if (/^(?:iframe|video)$/.test(element.localName)) return [element];
  const images = selectAll(element, 'img').length + (element.localName === 'img' ? 1 : 0);
  const text = tidy(textOf(element));
  if (images > 0 && isPhoto(element, text)) return [element];
  if (/^[uo]l$/.test(element.localName)) {
    const [only] = element.children.length === 1 ? element.children : [];
    if (only && isSapo(only, text, rules)) return [asParagraph(element, only)];
    return isSummary(element, text) ? [element] : [];
  }
  const isLeaf = selectAll(element, 'p, div, ul, ol, h2, h3, section, figure, table, header, img').length === 0;
  if (isLeaf) return isSapo(element, text, rules) ? [element] : [];
  return [...element.children].flatMap((child) => piecesIn(child, rules));
}

/** A sapo set as a list of one. */
function asParagraph(list: HtmlElement, item: HtmlElement): HtmlElement {
  const paragraph = list.ownerDocument.createElement('p');
  paragraph.append(...item.childNodes);
  list.replaceWith(paragraph);
  return paragraph;
}

/** The picture that stands right over a line named as a caption, apart from it. */
function pictureOver(element: HtmlElement, rules: HeaderRules): HtmlElement | null {
  const text = tidy(textOf(element));
  if (text === '' || text.length > longestCaption || !/caption/i.test(element.getAttribute('class') ?? '')) return null;
  const above = element.previousElementSibling;
  if (!above || !/^(?:div|figure|p|a)$/.test(above.localName) || rules.dropped.has(above)) return null;
  return selectAll(above, 'img').length === 1 && tidy(textOf(above)) === '' ? above : null;
}

/** A frame with its caption, or a picture alone; a picture that leads to another page is a teaser's. */
function isPhoto(element: HtmlElement, text: string): boolean {
  if (text.length > longestCaption) return false;
  const isFrame =
    /^(?:figure|picture|img)$/.test(element.localName) ||
    text === '' ||
    (element.localName === 'table' && isPhotoTable(element)) ||
    isPictureWithLine(element);
  const captioned =
    isFrame || (captionsIn(element).some(isOfPicture) && selectAll(element, 'h1, h2, time').length === 0);
  return (
    captioned &&
    !selectAll(element, 'a[href] img').some(
      (image) => !/\.(?:jpe?g|png|webp|avif)(?:$|[?#])/i.test(image.closest('a')?.getAttribute('href') ?? ''),
    )
  );
}

/** A description may be the article's. */
function isOfPicture(caption: HtmlElement): boolean {
  const name = caption.getAttribute('class') ?? '';
  return !leadName.test(name) || /caption|media|photo|image|img|figure/i.test(name);
}

function isSapo(element: HtmlElement, text: string, { headline, description, isByline }: HeaderRules): boolean {
  if (weigh(text) < shortestSapo || text === headline || isByline(text) || correctionNote.test(text)) return false;
  const linked = selectAll(element, 'a[href]').reduce((sum, link) => sum + textOf(link).length, 0);
  if (linked > text.length * 0.4) return false;
  const around = [element, element.parentElement].map(
    (each) =>
      `${each?.getAttribute('class') ?? ''} ${each?.getAttribute('itemprop') ?? ''} ${each?.getAttribute('data-testid') ?? ''} ${each?.getAttribute('id') ?? ''}`,
  );
  if (around.some((names) => leadName.test(names)) || text === description) return true;
  if (around.some((names) => /author|byline|caption|credit|date|time|meta|breadcrumb/i.test(names))) return false;
  return readsAsSentence(text) || /^h[2-4]$/.test(element.localName);
}

function isSummary(element: HtmlElement, text: string): boolean {
  return weigh(text) >= shortestSapo && selectAll(element, 'a').length === 0;
}
