/** Telling a map, a chart or a sheet of paper from a photograph by its colours and edges. */
import type { Sharp } from 'sharp';
import { decoding, openPicture } from '#src/photos/decoder.ts';

/** Of all points, in the one commonest colour, or in the six commonest. A bright sky is a gradient: it has neither. */
const paper = 0.45;
const flat = 0.8;
/** Fewer flat colours will do where lines and letters stand on them: so many neighbours differ sharply. */
const flatWithLines = 0.5;
const lines = 0.045;

/** Few flat colours fill most of it. Kept whole by mistake, a photograph only gets a margin. */
export async function looksDrawn(path: string): Promise<boolean> {
  const [commonest, six] = await colourShares(path);
  if (commonest >= paper || six >= flat) return true;
  return six >= flatWithLines && (await sharpEdges(path)) >= lines;
}

const side = 128;
/** Steps of a colour channel that count as one colour: what a scanner or a JPEG adds stays below. */
const step = 24;

async function colourShares(path: string): Promise<[commonest: number, six: number]> {
  // Nearest: a mean of two flat colours would be a third one.
  const { data, info } = await rows(openPicture(path).resize(side, side, { fit: 'fill', kernel: 'nearest' }));
  const counts = new Map<number, number>();
  for (let at = 0; at < data.length; at += info.channels) {
    const colour = [0, 1, 2].reduce((sum, channel) => {
      return sum * 16 + Math.round(data[at + Math.min(channel, info.channels - 1)]! / step);
    }, 0);
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const shares = [...counts.values()].sort((a, b) => b - a).map((count) => count / (side * side));
  return [shares[0]!, shares.slice(0, 6).reduce((sum, share) => sum + share, 0)];
}

async function sharpEdges(path: string): Promise<number> {
  const { data, info } = await rows(openPicture(path).resize(640).greyscale());
  const { width, channels } = info;
  const at = (x: number, y: number) => data[(y * width + x) * channels]!;
  let found = 0;
  for (let y = 1; y < info.height; y++) {
    for (let x = 1; x < width; x++) {
      const here = at(x, y);
      if (Math.abs(here - at(x - 1, y)) > 60 || Math.abs(here - at(x, y - 1)) > 60) found += 1;
    }
  }
  return found / (width * info.height);
}

function rows(picture: Sharp) {
  return decoding(() => picture.removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true }));
}
