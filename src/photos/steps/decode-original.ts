import { decoding, openPicture } from '#src/photos/decoder.ts';
import type { Work } from '#src/photos/work.ts';

/**
 * Decodes once, at the largest size that is missing: the JPEG decoder shrinks while it reads, which is what makes a
 * 24-megapixel photo cost 60 ms. Comes out upright, in 8-bit sRGB, on white.
 */
export async function decodeOriginal(work: Work): Promise<void> {
  const largest = work.planned.filter((planned) => planned.bytes === null).at(-1);
  if (!largest) return;
  const { data, info } = await decoding(() =>
    openPicture(work.request.original)
      .autoOrient()
      .resize(largest.width, largest.height, { fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  work.pixels = { data, width: info.width, height: info.height, channels: info.channels };
}
