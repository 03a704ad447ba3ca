/** A post in Telegram's HTML: our own markup is links only, everything else is escaped after cutting. */
import { cutText } from '#src/core/cut.ts';
import { textLength } from '#src/core/length.ts';
import { breakMentions } from '#src/core/mention.ts';
import type { PostPhoto, Segment } from '#src/core/post.ts';

/** Code points: of a photo that stands by itself. */
export const longestPhotoCaption = 1024;
/** Of a photo in a rich message. */
export const longestCaption = 500;
export const longestCredit = 100;

/** Line breaks stay what they are: there is no `<p>` or `<br>` in messages. */
export function htmlOf(segments: readonly Segment[]): string {
  return segments.map(htmlOfSegment).join('');
}

/** Paragraph by paragraph, as rich messages want it; then the photos, each with its caption and credit. */
export function richHtmlOf(segments: readonly Segment[], photos: readonly PostPhoto[]): string {
  const lines = htmlOf(segments)
    .split('\n')
    .filter((line) => line.trim() !== '');
  return [...lines.map((line) => `<p>${line}</p>`), ...photos.map(figure)].join('');
}

/** What is printed below a photo, with whose it is; empty where there is nothing. */
export function captionHtmlOf({ caption, credit }: PostPhoto): string {
  const words = caption ?? '';
  const owner = credit && !words.includes(credit) ? cut(credit, longestCredit) : '';
  if (words === '' || owner === '') return escaped(cut(words, longestPhotoCaption) || owner);
  const behind = ` (${owner})`;
  return escaped(cut(words, longestPhotoCaption - textLength(behind, 'code points')) + behind);
}

function htmlOfSegment(segment: Segment): string {
  const words = escaped(segment.text.normalize('NFC'));
  if (segment.kind !== 'link') return words;
  return `<a href="${escaped(segment.url).replace(/"/g, '&quot;')}">${words.replace(/\n/g, ' ')}</a>`;
}

function figure({ caption, credit }: PostPhoto, index: number): string {
  const cite = credit ? `<cite>${escaped(cut(credit, longestCredit))}</cite>` : '';
  const words = `${caption ? escaped(cut(caption, longestCaption)) : ''}${cite}`;
  return `<figure><img src="tg://photo?id=p${index}"/>${words && `<figcaption>${words}</figcaption>`}</figure>`;
}

/** Other names than these and quot stay as they stand there. */
function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** Any `@name` would be told. */
function cut(text: string, most: number): string {
  return cutText(breakMentions(text.normalize('NFC')), (short) => textLength(short, 'code points') <= most);
}
