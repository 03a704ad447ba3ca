import sharp, { type Sharp } from 'sharp';
import { cardSize } from '#src/core/rendition.ts';
import { cardLayout } from '#src/photos/card-layout.ts';
import { openPixels, type Pixels } from '#src/photos/decoder.ts';
import { encode } from '#src/photos/encode.ts';
import type { Work } from '#src/photos/work.ts';
import { writeWhole } from '#src/photos/write-whole.ts';
import { wordsToWrite } from '#src/photos/written-text.ts';

/** The picture that stands for the article where links are shared. */
export async function writeCard(work: Work): Promise<void> {
  const { card, pixels } = work;
  if (!card) return;
  work.cardBytes = card.bytes;
  if (card.bytes !== null || !pixels) return;
  const layout = cardLayout(work.width, work.height);
  const drawn = layout.kind === 'cut' ? cut(pixels) : await onBlurredGround(pixels, layout);
  const words = wordsToWrite(work.request.credit, work.embedded);
  const content = await encode(await rawOf(drawn), 'jpeg', words);
  await writeWhole(card.path, content);
  work.cardBytes = content.length;
}

/** Keeps what draws the eye: faces, bright colours, detail. */
function cut(pixels: Pixels): Sharp {
  return openPixels(pixels).resize({ ...cardSize, fit: 'cover', position: sharp.strategy.attention });
}

/** The ground is the picture itself, so far out of focus that nothing on it can be mistaken for the picture. */
async function onBlurredGround(pixels: Pixels, size: { width: number; height: number }): Promise<Sharp> {
  const picture = await rawOf(openPixels(pixels).resize({ ...size, fit: 'fill' }));
  const ground = await rawOf(
    openPixels(pixels)
      .resize({ ...groundSize, fit: 'cover' })
      .blur(4)
      .modulate({ brightness: 0.7, saturation: 0.8 }),
  );
  const { data, width, height, channels } = picture;
  return openPixels(ground)
    .resize({ ...cardSize, fit: 'fill', kernel: 'cubic' })
    .composite([{ input: data, raw: { width, height, channels }, gravity: 'centre' }]);
}

// Blurred when small and enlarged after: looks the same and costs nothing.
const groundSize = { width: 60, height: Math.round((60 * cardSize.height) / cardSize.width) };

async function rawOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture.toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}
