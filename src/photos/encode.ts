/** Pixels to the bytes of a file, with the words in it and nothing else of where it came from. */
import type { PhotoFormat } from '#src/core/rendition.ts';
import { openPixels, type Pixels } from '#src/photos/decoder.ts';
import { exifSegment, withSegment } from '#src/photos/exif-segment.ts';
import type { WrittenText } from '#src/photos/request.ts';
import { xmpPacket } from '#src/photos/xmp-packet.ts';

/** In sRGB, without a profile. */
export function encode(pixels: Pixels, format: PhotoFormat, words: WrittenText): Promise<Buffer> {
  return encoders[format](pixels, words);
}

// The three look alike at these qualities (36 to 38 dB on press photos and a map); WebP is two thirds of JPEG's
// bytes, AVIF half of them.
const encoders: Readonly<Record<PhotoFormat, (pixels: Pixels, words: WrittenText) => Promise<Buffer>>> = {
  // Table 3 saves a tenth of the bytes for nothing; the rest of mozjpeg saves another fifth for five times the time.
  async jpeg(pixels, words) {
    const picture = await openPixels(pixels).jpeg({ quality: 80, quantisationTable: 3 }).toBuffer();
    const exif = exifSegment(words);
    return exif ? withSegment(picture, exif) : picture;
  },
  webp: (pixels, words) => worded(pixels, words).webp({ quality: 80, effort: 2 }).toBuffer(),
  // Colour at full size keeps red print on maps and signs sharp, for a twentieth of the bytes.
  avif: (pixels, words) =>
    worded(pixels, words).avif({ quality: 52, effort: 2, chromaSubsampling: '4:4:4' }).toBuffer(),
};

function worded(pixels: Pixels, words: WrittenText) {
  const xmp = xmpPacket(words);
  return xmp === null ? openPixels(pixels) : openPixels(pixels).withXmp(xmp);
}
