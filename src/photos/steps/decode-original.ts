import { cardDecodeWidth } from '#src/photos/card-layout.ts';
import { decoding, openPicture } from '#src/photos/decoder.ts';
import type { Work } from '#src/photos/work.ts';

/**
 * Decodes once, as large as the largest missing file needs: the JPEG decoder shrinks while it reads, which is what
 * makes a 24-megapixel photo cost 60 ms. Comes out upright, in 8-bit sRGB, on white.
 */
export async function decodeOriginal(work: Work): Promise<void> {
  const width = Math.max(0, ...neededWidths(work));
  if (width === 0) return;
  const height = Math.max(1, Math.round((work.height * width) / work.width));
  const { data, info } = await decoding(() =>
    openPicture(work.request.original)
      .autoOrient()
      .resize(width, height, { fit: 'fill' })
      .flatten({ background: '#ffffff' })
      .toColourspace('srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true }),
  );
  work.pixels = { data, width: info.width, height: info.height, channels: info.channels };
}

function neededWidths({ planned, card, width, height }: Work): number[] {
  const missing = planned.filter(({ bytes }) => bytes === null).map((file) => file.width);
  return card?.bytes === null ? [...missing, cardDecodeWidth(width, height)] : missing;
}
