/** The peer: photos by hand in a child of its own, decoded once per stage, and nothing else around it. */
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';

export interface PlainRequest {
  original: string;
  folder: string;
  widths: number[];
}

sharp.concurrency(1);
sharp.cache(false);
process.on('disconnect', () => process.exit());
process.on('message', async (request: PlainRequest) => {
  await firstStage(request);
  await secondStage(request);
  process.send?.('done');
});

async function firstStage(request: PlainRequest): Promise<void> {
  const picture = await decoded(request);
  for (const width of request.widths) {
    const jpeg = picture().resize(width).jpeg({ quality: 80, quantisationTable: 3 });
    await jpeg.toFile(join(request.folder, `${width}.jpg`));
  }
  const card = picture().resize(1200, 630, { fit: 'cover', position: sharp.strategy.attention });
  await card.jpeg({ quality: 80, quantisationTable: 3 }).toFile(join(request.folder, 'card.jpg'));
}

async function secondStage(request: PlainRequest): Promise<void> {
  const picture = await decoded(request);
  for (const width of request.widths) {
    await picture()
      .resize(width)
      .webp({ quality: 80, effort: 2 })
      .toFile(join(request.folder, `${width}.webp`));
    await picture()
      .resize(width)
      .avif({ quality: 52, effort: 2, chromaSubsampling: '4:4:4' })
      .toFile(join(request.folder, `${width}.avif`));
  }
}

/** Shrunk while it is read, to the largest width; every file is made from these pixels. */
async function decoded({ original, widths }: PlainRequest): Promise<() => Sharp> {
  const { data, info } = await sharp(original)
    .autoOrient()
    .resize(Math.max(...widths))
    .raw()
    .toBuffer({ resolveWithObject: true });
  return () => sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
}
