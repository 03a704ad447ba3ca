/** Captions that a copy left as lines of their own between the paragraphs. */
import { startsAsCaption } from '#src/articles/text-lines.ts';
import type { Photo } from '#src/core/article.ts';
import { readCaption } from '#src/core/caption.ts';
import type { Profile } from '#src/core/profile.ts';
import { endsSentence, readsAsSentence } from '#src/core/text.ts';

export interface TextPart {
  name: 'p' | 'h3';
  text: string;
  /** Set for a caption: the photo that did not come along. */
  photo: Photo | null;
}

const longestCaption = 300;
const longestHeading = 120;
/** Headings between paragraphs are shorter, captions say who does what. */
const captionWords = 8;

/** Tells paragraphs, headings and captions apart, in order. */
export function readCaptionLines(lines: readonly string[], profile: Profile): TextPart[] {
  return lines.map((text, index) => {
    const { caption, credit } = readCaption(text, profile.credit);
    if (isCaption(text, credit !== null, index === lines.length - 1, profile)) {
      return { name: 'p', text, photo: { url: null, caption, credit, alt: null, width: null, height: null } };
    }
    const isHeading =
      index > 0 &&
      index < lines.length - 1 &&
      text.length <= longestHeading &&
      !endsSentence(text) &&
      /^[\p{Lu}\p{Lo}\p{N}]/u.test(text);
    return { name: isHeading ? 'h3' : 'p', text, photo: null };
  });
}

/** A short line without a full stop that names a photographer, begins as captions do, or says more than a heading. */
function isCaption(text: string, credited: boolean, isLast: boolean, profile: Profile): boolean {
  if (text.length > longestCaption || !/^["“‘(]?[\p{Lu}\p{Lo}\p{N}]/u.test(text)) return false;
  if (credited && !/[.!?…]\s/u.test(text.slice(0, -60))) return true;
  if (!profile.captionLines || readsAsSentence(text)) return false;
  const words = text.split(' ').length;
  // A heading has something under it.
  return startsAsCaption(text, profile.captionOpeners) || words >= captionWords || (isLast && words > 3);
}
