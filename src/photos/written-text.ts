/** Which words go into the files: the article's where it has them, else the original's own. */
import type { EmbeddedText, WrittenText } from '#src/photos/request.ts';

// An EXIF segment ends at 64 KB, and so does anybody's patience.
const longest = 2000;

/** Cleaned of control characters and cut to a length every reader of metadata can take. */
export function wordsToWrite(article: WrittenText, embedded: EmbeddedText): WrittenText {
  return {
    description: clean(article.description) ?? clean(embedded.caption),
    artist: clean(article.artist) ?? clean(embedded.byline) ?? clean(embedded.credit),
    copyright: clean(embedded.copyright) ?? clean(article.copyright) ?? clean(embedded.credit),
  };
}

function clean(text: string | null): string | null {
  const plain = text
    ?.toWellFormed()
    .normalize('NFC')
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return plain ? [...plain].slice(0, longest).join('') : null;
}
