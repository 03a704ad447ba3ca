/** Captions as press agencies write them: IPTC-IIM 4.2, the old binary records in a JPEG's Photoshop segment. */

/** Texts of the application record by data set number: 80 by-line, 105 headline, 110 credit, 116 copyright, 120 caption. */
export function readIim(segment: Uint8Array): Map<number, string> {
  const found = new Map<number, string>();
  const buffer = Buffer.from(segment);
  const start = buffer.indexOf('8BIM\x04\x04', 0, 'latin1');
  let at = buffer.indexOf(tagMarker, Math.max(start, 0));
  let utf8 = false;
  while (at >= 0 && at + 5 <= buffer.length && buffer[at] === tagMarker) {
    const record = buffer[at + 1];
    const dataSet = buffer[at + 2]!;
    const length = buffer.readUInt16BE(at + 3);
    if (length > 0x7fff) break; // an extended data set: no text is that long
    const value = buffer.subarray(at + 5, at + 5 + length);
    if (record === 1 && dataSet === charsetDataSet) utf8 = value.toString('latin1') === '\x1b%G';
    if (record === 2 && !found.has(dataSet)) found.set(dataSet, decode(value, utf8));
    at += 5 + length;
  }
  return found;
}

const tagMarker = 0x1c;
const charsetDataSet = 90;

/** Declared UTF-8, or valid as UTF-8; else the Vietnamese code page, whose Latin letters are those of 1252. */
function decode(value: Uint8Array, utf8: boolean): string {
  if (utf8) return new TextDecoder('utf-8').decode(value);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(value);
  } catch {
    return new TextDecoder('windows-1258').decode(value).normalize('NFC');
  }
}
