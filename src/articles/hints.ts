/** What the source itself said of the article, in the article's own terms. */

import type { BodyBlock } from '#src/articles/blocks.ts';
import type { PageFacts } from '#src/articles/extract.ts';
import { typeOf } from '#src/articles/file-types.ts';
import { correctionNote, leadName } from '#src/articles/header.ts';
import type { PagePhoto } from '#src/articles/page-photos.ts';
import { isPhotoAddress } from '#src/articles/photo-address.ts';
import { plain } from '#src/articles/plain.ts';
import type { Attachment } from '#src/core/article.ts';
import type { Hints } from '#src/core/raw-article.ts';
import { endsSentence, readsAsSentence, tidy } from '#src/core/text.ts';
import { selectAll, textOf } from '#src/markup/html.ts';

export function hintedPhotos(hints: Hints, folder: string | null): PagePhoto[] {
  return (hints.photos ?? [])
    .filter(({ url }) => isPhotoAddress(url, folder))
    .map((photo) => ({
      // As the body's own addresses are written, so that the same photo is known again.
      url: new URL(photo.url).href,
      caption: plain(photo.caption ?? null),
      credit: plain(photo.credit ?? null),
      alt: plain(photo.alt ?? null),
      width: photo.width ?? null,
      height: photo.height ?? null,
    }));
}

/** The source's attachments before those found in the body. */
export function hintedAttachments(hints: Hints, found: readonly Attachment[]): Attachment[] {
  const hinted = (hints.attachments ?? []).map(({ url, title, type, bytes }) => ({
    url,
    title: title ?? null,
    type: type ?? typeOf(url),
    bytes: bytes ?? null,
  }));
  const all = [...hinted, ...found];
  return all.filter(({ url }, index) => all.findIndex((each) => each.url === url) === index);
}

/**
 * The sapo, where it is not simply the first paragraph: the source's summary, then the page's.
 * A summary that was cut off, or that repeats the story's opening, is none.
 */
export function sapoOf(hints: Hints, facts: PageFacts, blocks: readonly BodyBlock[]): string | null {
  const texts = blocks.filter((block) => !block.photo);
  const first = texts[0]?.text ?? null;
  if (facts.sapo !== null) return facts.sapo;
  const summary = plain(hints.lead ?? null);
  if (summary !== null && !isCutOff(summary) && !first?.startsWith(summary)) return summary;
  if (first === null) return summary ?? facts.description;
  if (texts[0] && isBeforeLead(texts[0])) return afterPoints(texts);
  return texts[0] && texts.length > 2 && isSetAsSapo(texts[0], facts.description) ? first : null;
}

/** Set apart as a whole, named as a lead, or what the page calls its own summary. */
function isSetAsSapo({ element, text }: BodyBlock, description: string | null): boolean {
  if (text.length < shortestSapo || !readsAsSentence(text)) return false;
  if (text === description || /^h[2-4]$/.test(element.localName) || leadName.test(element.getAttribute('class') ?? ''))
    return true;
  return selectAll(element, 'b, strong').some((bold) => tidy(textOf(bold)).length >= text.length * 0.95);
}

const shortestSapo = 40;

/** A summary in points, or what the paper says of an earlier version. */
function isBeforeLead({ element, text }: BodyBlock): boolean {
  return element.localName === 'li' || correctionNote.test(text);
}

/** The paragraph under those; null where the story is nothing else. */
function afterPoints(texts: readonly BodyBlock[]): string | null {
  const next = texts.find((block) => !isBeforeLead(block));
  return next && endsSentence(next.text) ? next.text : null;
}

function isCutOff(summary: string): boolean {
  return /(?:\[…\]|\[\.\.\.\]|…|\.\.\.|Read more|Xem tiếp)\s*»?$/iu.test(summary);
}
