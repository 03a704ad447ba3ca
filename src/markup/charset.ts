import { cleanText } from '#src/core/text.ts';
import { guessCharset } from '#src/markup/charset-guess.ts';
import { decodeAs, isKnownCharset } from '#src/markup/charset-names.ts';

/**
 * Text out of bytes: byte order mark, then the HTTP header's charset, then the document's own declaration, then a guess
 * from the letters; UTF-8 wins over any label when the bytes are valid UTF-8 with letters beyond ASCII. Composed letters
 * (NFC), no stray invisible ones. Never throws.
 */
export function decodeText(bytes: Uint8Array, contentType: string | null = null): string {
  return cleanText(decode(bytes, contentType));
}

/** Whether these bytes are no text at all: a picture, an archive, a PDF. */
export function isBinary(bytes: Uint8Array): boolean {
  if (byMark(bytes)) return false;
  const head = bytes.subarray(0, 4096);
  const controls = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32)).length;
  return controls > head.length / 50;
}

function decode(bytes: Uint8Array, contentType: string | null): string {
  const marked = byMark(bytes);
  if (marked) return decodeAs(bytes, marked);
  const utf8 = strictUtf8(bytes);
  if (utf8 !== null && /[^\0-\x7F]/.test(utf8)) return utf8;
  const isUtf8 = utf8 !== null || isMostlyUtf8(bytes);
  const label = [headerLabel(contentType), declaredLabel(bytes)].find(
    // Servers say UTF-8 of whatever they send; the bytes know better.
    (one) => one !== null && isKnownCharset(one) && (isUtf8 || !isUtf8Label(one)) && !contradicts(one, bytes),
  );
  if (label && !isServersDefault(label)) return decodeAs(bytes, label);
  const guessed = utf8 === null && isUtf8 ? 'utf-8' : guessCharset(bytes);
  return guessed ? decodeAs(bytes, guessed) : (utf8 ?? decodeAs(bytes, 'windows-1252'));
}

/** What servers say of anything when nobody told them better. */
const isServersDefault = (label: string): boolean => /^(?:iso-?8859-?1|latin-?1|us-ascii|ascii)$/i.test(label);

function byMark(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return c === 0 && d === 0 && bytes.length >= 4 ? 'utf-32le' : 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return 'utf-32be';
  // No mark, but `<?`, `<r`, `{"` with their zero bytes.
  const isAscii = (byte: number | undefined): boolean => byte !== undefined && byte > 8 && byte < 0x7f;
  if (isAscii(a) && b === 0 && isAscii(c) && d === 0) return 'utf-16le';
  if (a === 0 && isAscii(b) && c === 0 && isAscii(d)) return 'utf-16be';
  return null;
}

/** Null for what is no UTF-8; the last letter may be cut off where others show what it is. */
function strictUtf8(bytes: Uint8Array): string | null {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    const text = decoder.decode(bytes, { stream: true });
    return isCut(decoder) && !/[^\0-\x7F]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

function isCut(decoder: TextDecoder): boolean {
  try {
    decoder.decode();
    return false;
  } catch {
    return true;
  }
}

/** A few broken bytes in text that is otherwise UTF-8: a cut-off, not another charset. */
function isMostlyUtf8(bytes: Uint8Array): boolean {
  const text = new TextDecoder('utf-8').decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  const good = text.length - broken - text.replace(/[^\0-\x7F]/g, '').length;
  return good > broken * 4;
}

const isUtf8Label = (label: string): boolean => /^(?:utf-?8|utf8mb4|unicode-1-1-utf-8)$/i.test(label);

/** Two or four bytes a letter show in the first ones; what is read here has none of that. */
function contradicts(label: string, bytes: Uint8Array): boolean {
  return /^(?:utf-?(?:16|32)|ucs-?[24]|unicode$|iso-10646)/i.test(label) && !bytes.subarray(0, 1024).includes(0);
}

function headerLabel(contentType: string | null): string | null {
  return /;\s*charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1] ?? null;
}

/** An XML declaration or a `meta` in the first kilobyte. */
function declaredLabel(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  const found =
    /^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)/i.exec(head) ??
    /<meta[^>]*?charset\s*=\s*["']?([\w.:-]+)/i.exec(head);
  const label = found?.[1] ?? null;
  // Whoever can read this declaration does not read two bytes a letter.
  return label && /^utf-?(16|32)/i.test(label) ? null : label;
}
