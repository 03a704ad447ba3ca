/** sharp, set up for pictures of strangers: few loaders, one thread, no cache. */
import sharp, { type Metadata, type Sharp } from 'sharp';
import { PhotoRefusal } from '#src/photos/failure.ts';

/** Decoded, that is 150 MB; phones and press cameras stay below. */
export const maxPixels = 50_000_000;

// Every loader is off but these: SVG runs scripts and fetches, TIFF and PDF bring large old parsers.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadJpeg',
    'VipsForeignLoadPng',
    'VipsForeignLoadWebp',
    'VipsForeignLoadHeif',
    'VipsForeignLoadNsgif',
  ],
});
sharp.concurrency(1);
sharp.cache(false);

/** What the file's header says; no pixel is decoded, so it may say anything. */
export function readHeader(path: string): Promise<Metadata> {
  return decoding(() => sharp(path, { failOn: 'error', limitInputPixels: false, pages: 1 }).metadata());
}

/** Opens a picture file, its first frame only. A broken one fails when it is read, not here. */
export function openPicture(path: string): Sharp {
  return sharp(path, { failOn: 'error', limitInputPixels: maxPixels, unlimited: false, pages: 1 });
}

/** A picture that is already decoded. */
export function openPixels(pixels: Pixels): Sharp {
  const { data, width, height, channels } = pixels;
  return sharp(data, { raw: { width, height, channels }, limitInputPixels: maxPixels });
}

/** 8-bit sRGB rows. */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: 1 | 2 | 3 | 4;
}

/** Runs one sharp operation; what the decoder says of the file becomes a refusal in plain words. */
export async function decoding<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const detail =
      String((error as Error).message)
        .split('\n')[0]
        ?.replace(/^Input file: ?/, '') ?? '';
    if (/out of memory|No space left|unable to open for (write|read)/i.test(detail)) throw error;
    throw new PhotoRefusal(`The picture is damaged and cannot be read (${detail}); ask the desk to upload it again`);
  }
}
