/** The body of a page, or the one its source brought, ready to be read. */
import { cleanBody, type FoundBody, findBody } from '#src/articles/body.ts';
import type { PageFacts } from '#src/articles/extract.ts';
import { photoKey } from '#src/articles/photo-key.ts';
import { settlePictures } from '#src/articles/photo-markup.ts';
import { expandCaptions } from '#src/articles/shortcodes.ts';
import { readByline } from '#src/core/byline.ts';
import type { Profile } from '#src/core/profile.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import { type HtmlDocument, type HtmlElement, parseFragment, selectAll, textOf } from '#src/markup/html.ts';

type RawPage = Extract<RawArticle, { kind: 'page' }>;

/** The document is changed. */
export function bodyOf(
  document: HtmlDocument,
  { hints, url }: RawPage,
  facts: PageFacts,
  headline: string | null,
  profile: Profile,
): FoundBody {
  if (hints.bodyHtml === undefined) {
    clean(document.body);
    return findBody(document, {
      profile,
      headline,
      description: facts.description,
      articleBody: facts.body,
      shared: new Set(facts.photos.map(({ url: each }) => photoKey(each))),
      isByline: (line) =>
        readByline(line, profile.byline, { bare: false }) !== null ||
        facts.authors.some((name) => line.startsWith(name)),
    });
  }
  const element = parseFragment(expandCaptions(hints.bodyHtml), url ?? hints.url ?? null);
  clean(element);
  return { element, doubt: null, kind: 'given', sapo: null, attached: [], removed: cleanBody(element, profile) };
}

/** `<span class="location-stamp">Huế</span>The water …`: set apart by how it looks alone. */
export function partStamps(document: HtmlDocument): void {
  for (const stamp of selectAll(document.body, 'span[class*="location-stamp" i], span[class*="dateline" i]')) {
    const place = textOf(stamp).trim();
    const next = stamp.nextSibling;
    const isBare = place !== '' && place.length <= 30 && /^\p{Lu}[\p{L}\p{M} .-]*$/u.test(place);
    if (isBare && next?.nodeType === 3 && /^\p{Lu}/u.test(next.textContent ?? '')) stamp.textContent = `(${place}) – `;
  }
}

/** What never is part of a story. */
function clean(body: HtmlElement): void {
  settlePictures(body);
  const unseen =
    'script, style, template, button, input, select, textarea, svg, canvas, amp-ad, amp-embed, amp-sidebar';
  for (const element of selectAll(body, unseen)) element.remove();
}
