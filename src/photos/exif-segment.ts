/**
 * A JPEG's EXIF segment, made from nothing: description, artist, copyright. Our own, because libvips turns
 * what is not ASCII into the nearest ASCII (`Ảnh` into `Anh`) and cuts a text that ends in parentheses.
 * Exif 2.32 §4.5: APP1, `Exif\0\0`, then a TIFF header and one directory of entries in ascending order of tag.
 */
import type { WrittenText } from '#src/photos/request.ts';

const tags = { description: 0x010e, artist: 0x013b, copyright: 0x8298 } as const;
const asciiType = 2; // bytes up to a NUL; UTF-8 in practice everywhere
const headerBytes = 8;
const entryBytes = 12;

/** The whole segment, marker included; null when there is nothing to say. */
export function exifSegment(text: WrittenText): Buffer | null {
  const fields = Object.entries(tags).flatMap(([name, tag]) => {
    const value = text[name as keyof WrittenText];
    return value === null ? [] : [{ tag, bytes: Buffer.from(`${value}\0`, 'utf8') }];
  });
  if (fields.length === 0) return null;
  return segmentOf(Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiffOf(fields)]));
}

/** Around a body that begins with `Exif\0\0`. */
export function segmentOf(body: Uint8Array): Buffer {
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([marker, body]);
}

/** Puts a segment right behind the picture's first two bytes, where readers look for it. */
export function withSegment(jpeg: Buffer, segment: Buffer): Buffer {
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)]);
}

function tiffOf(fields: { tag: number; bytes: Buffer }[]): Buffer {
  const directoryBytes = 2 + fields.length * entryBytes + 4;
  const head = Buffer.alloc(headerBytes + directoryBytes);
  head.write('MM\0*', 'latin1');
  head.writeUInt32BE(headerBytes, 4);
  head.writeUInt16BE(fields.length, headerBytes);
  const values: Buffer[] = [];
  let end = head.length;
  for (const [index, { tag, bytes }] of fields.entries()) {
    const at = headerBytes + 2 + index * entryBytes;
    head.writeUInt16BE(tag, at);
    head.writeUInt16BE(asciiType, at + 2);
    head.writeUInt32BE(bytes.length, at + 4);
    if (bytes.length <= 4) {
      bytes.copy(head, at + 8);
      continue;
    }
    head.writeUInt32BE(end, at + 8);
    const padded = Buffer.concat([bytes, Buffer.alloc(bytes.length % 2)]);
    values.push(padded);
    end += padded.length;
  }
  return Buffer.concat([head, ...values]);
}
