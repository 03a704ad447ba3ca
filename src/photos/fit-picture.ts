/** One picture made to fit a service's limits: cropped to what draws the eye, or padded, then made small enough. In a child. */
import sharp, { type Sharp } from 'sharp';
import type { PhotoLimits } from '#src/core/post.ts';
import { decoding, openPicture, readHeader } from '#src/photos/decoder.ts';
import { segmentOf, withSegment } from '#src/photos/exif-segment.ts';
import { PhotoRefusal } from '#src/photos/failure.ts';
import { looksDrawn } from '#src/photos/looks-drawn.ts';
import type { FitRequest, FitResult } from '#src/photos/request.ts';
import { standingFile } from '#src/photos/standing-file.ts';
import { writeWhole } from '#src/photos/write-whole.ts';

interface Size {
  width: number;
  height: number;
}

/** Smaller than this nobody recognises anything. */
const leastSide = 200;
const qualities = [80, 70, 60];

/** Throws only when the machine fails. */
export async function fitPicture({ source, target, limits, keepWhole }: FitRequest): Promise<FitResult> {
  try {
    const standing = await standingFile(target);
    if (standing !== null) return { kind: 'fitted', ...(await sizeOf(target)), bytes: standing };
    const size = await sizeOf(source);
    const shaped = await shape(source, size, limits, keepWhole);
    // The words that our own file carries, as they stand: libvips would write them in ASCII.
    const { exif } = await readHeader(source);
    const { content, ...made } = await encodeWithin(shaped, limits, exif ? segmentOf(exif) : null);
    await writeWhole(target, content);
    return { kind: 'fitted', ...made, bytes: content.length };
  } catch (error) {
    if (error instanceof PhotoRefusal) return { kind: 'refused', reason: error.message };
    throw error;
  }
}

async function sizeOf(path: string): Promise<Size> {
  const { autoOrient } = await readHeader(path);
  return { width: autoOrient.width, height: autoOrient.height };
}

interface Shaped {
  size: Size;
  draw(to: Size): Sharp;
}

async function shape(source: string, size: Size, { aspect }: PhotoLimits, keepWhole: boolean): Promise<Shaped> {
  const open = () => openPicture(source).autoOrient();
  const ratio = size.width / size.height;
  const wanted = aspect ? Math.min(Math.max(ratio, aspect.least), aspect.most) : ratio;
  if (wanted === ratio) return { size, draw: (to) => open().resize({ ...to, fit: 'fill' }) };
  if (keepWhole || (await looksDrawn(source))) {
    const padded = wanted > ratio ? widened(size, wanted) : heightened(size, wanted);
    const background = await edgeColour(source);
    return { size: padded, draw: (to) => open().resize({ ...to, fit: 'contain', background }) };
  }
  const cut = wanted > ratio ? heightened(size, wanted) : widened(size, wanted);
  // Cut before it is made smaller: the strip that draws the eye is sought in the whole picture.
  return { size: cut, draw: (to) => open().resize({ ...to, fit: 'cover', position: sharp.strategy.attention }) };
}

const widened = ({ height }: Size, ratio: number): Size => ({ width: Math.max(1, Math.round(height * ratio)), height });
const heightened = ({ width }: Size, ratio: number): Size => ({
  width,
  height: Math.max(1, Math.round(width / ratio)),
});

/** The mean of the outermost pixels: paper goes on as paper, a dark map as a dark one. */
async function edgeColour(source: string): Promise<{ r: number; g: number; b: number }> {
  const side = 32;
  const { data, info } = await decoding(() =>
    openPicture(source)
      .resize(side, side, { fit: 'fill' })
      .removeAlpha()
      .toColourspace('srgb')
      .raw()
      .toBuffer({ resolveWithObject: true }),
  );
  const sum = [0, 0, 0];
  let count = 0;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (x > 0 && y > 0 && x < side - 1 && y < side - 1) continue;
      const at = (y * side + x) * info.channels;
      for (const channel of [0, 1, 2]) sum[channel]! += data[at + Math.min(channel, info.channels - 1)]!;
      count += 1;
    }
  }
  const [r = 255, g = 255, b = 255] = sum.map((value) => Math.round(value / count));
  return { r, g, b };
}

async function encodeWithin(
  { size, draw }: Shaped,
  limits: PhotoLimits,
  words: Buffer | null,
): Promise<Size & { content: Buffer }> {
  let to = within(size, limits);
  for (;;) {
    let smallest = Number.POSITIVE_INFINITY;
    for (const quality of qualities) {
      const picture = await decoding(() => draw(to).jpeg({ quality, quantisationTable: 3 }).toBuffer());
      const content = words ? withSegment(picture, words) : picture;
      if (content.length <= limits.bytes) return { ...to, content };
      smallest = content.length;
    }
    const scale = Math.min(0.9, Math.sqrt(limits.bytes / smallest) * 0.95);
    const next = { width: Math.round(to.width * scale), height: Math.round(to.height * scale) };
    if (Math.max(next.width, next.height) < leastSide) {
      throw new PhotoRefusal(`The picture cannot be made smaller than the ${limits.bytes} bytes that are taken`);
    }
    to = { width: Math.max(1, next.width), height: Math.max(1, next.height) };
  }
}

/** Never enlarged; rounded down, so that a limit holds to the pixel, and the shape stays within its own. */
function within({ width, height }: Size, { pixels, sides, aspect, width: widest }: PhotoLimits): Size {
  const scale = Math.min(
    1,
    Math.sqrt(pixels / (width * height)),
    sides === undefined ? 1 : sides / (width + height),
    widest === undefined ? 1 : widest / width,
  );
  const to = { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
  if (!aspect) return to;
  // A pixel lost in rounding must not lead out of the shape again.
  const ratio = to.width / to.height;
  if (ratio > aspect.most) return { ...to, width: Math.max(1, Math.floor(to.height * aspect.most)) };
  if (ratio < aspect.least) return { ...to, height: Math.max(1, Math.floor(to.width / aspect.least)) };
  return to;
}
