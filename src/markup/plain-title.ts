import { tidy } from '#src/core/text.ts';
import { decodeEntity, htmlText } from '#src/markup/html-text.ts';

/** A title or a name that may hold HTML, as one line of plain text. `a < b` stays as it is. */
export function plainTitle(text: string | null | undefined): string | null {
  if (!text) return null;
  const looksLikeHtml = /<\/?(?:a|b|i|em|strong|span|sup|sub|u|br|p|font|small|mark|div|img)\b[^<>]*>/i.test(text);
  const plain = looksLikeHtml ? htmlText(text) : decodeEntity(text);
  // Escaped once too often: only if an entity is still there, and no tag would appear.
  return (
    tidy(
      /&(?:#\d+|#x[\da-f]+|[a-z]\w*);/i.test(plain) && !/[<>]/.test(decodeEntity(plain)) ? decodeEntity(plain) : plain,
    ) || null
  );
}
