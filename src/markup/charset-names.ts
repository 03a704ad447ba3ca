/** Charsets by the names servers and documents give them. */
import iconv from 'iconv-lite';

/** What the web's own table (WHATWG Encoding) leaves out, as iconv-lite calls it. */
const others: Readonly<Record<string, string>> = {
  tcvn: 'tcvn',
  tcvn3: 'tcvn',
  tcvn5712: 'tcvn',
  tcvn57121: 'tcvn',
  tcvn57123: 'tcvn',
  tcvn571211993: 'tcvn',
  viettcvn: 'tcvn',
  viettcvn5712: 'tcvn',
  vntime: 'tcvn',
  abc: 'tcvn',
  viscii: 'viscii',
  viscii11: 'viscii',
  viscii111: 'viscii',
  csviscii: 'viscii',
  vietviscii: 'viscii',
  utf32: 'utf-32',
  utf32le: 'utf-32le',
  utf32be: 'utf-32be',
  cp1258: 'windows-1258',
  utf8mb4: 'utf-8',
};
// Bytes without a meaning of their own, and UTF-7, in which any text can hide markup from whoever looks for it.
const refused = /^(?:x-user-defined|replacement|utf-?7)$/i;

/** Whether a text can be read by this name. */
export function isKnownCharset(label: string): boolean {
  return otherName(label) !== undefined || webDecoder(label) !== null;
}

/** By a known name; bytes that mean nothing become U+FFFD. */
export function decodeAs(bytes: Uint8Array, label: string): string {
  const other = otherName(label);
  if (other) return iconv.decode(bytes, other);
  return webDecoder(label)!.decode(bytes);
}

const otherName = (label: string): string | undefined => {
  const plain = label
    .toLowerCase()
    .replace(/^x-/, '')
    .replace(/[^a-z\d]/g, '');
  return Object.hasOwn(others, plain) ? others[plain] : undefined;
};

function webDecoder(label: string): TextDecoder | null {
  if (refused.test(label)) return null;
  try {
    return new TextDecoder(label);
  } catch {
    return null;
  }
}
