import { openPixels, type Pixels } from '#src/photos/decoder.ts';
import { encode } from '#src/photos/encode.ts';
import type { PlannedRendition, Work } from '#src/photos/work.ts';
import { writeWhole } from '#src/photos/write-whole.ts';
import { wordsToWrite } from '#src/photos/written-text.ts';

/** Makes every planned file that is missing. Nothing of the original's own metadata reaches them. */
export async function writeRenditions(work: Work): Promise<void> {
  const words = wordsToWrite(work.request.credit, work.embedded);
  for (const files of Map.groupBy(work.planned, ({ width }) => width).values()) {
    const isMissing = files.some(({ bytes }) => bytes === null);
    const pixels = isMissing ? await resized(work.pixels!, files[0]!) : null;
    for (const { width, height, format, path, bytes } of files) {
      work.renditions.push({ width, height, format, bytes: bytes ?? (await write(pixels!, format, path)) });
    }
  }

  async function write(pixels: Pixels, format: PlannedRendition['format'], path: string): Promise<number> {
    const content = await encode(pixels, format, words);
    await writeWhole(path, content);
    return content.length;
  }
}

/** Once for all formats of a width. */
async function resized(pixels: Pixels, { width, height }: PlannedRendition): Promise<Pixels> {
  if (pixels.width === width && pixels.height === height) return pixels;
  const { data, info } = await openPixels(pixels)
    .resize(width, height, { fit: 'fill' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}
