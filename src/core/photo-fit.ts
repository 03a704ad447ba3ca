/** Whether a photo file is what a service takes, and what is to be made of one that is not. */
import { createHash } from 'node:crypto';
import type { Photo } from '#src/core/article.ts';
import type { PhotoLimits } from '#src/core/post.ts';
import type { PhotoRecord, Rendition } from '#src/core/rendition.ts';

/** A JPEG made for one service's limits; `file` is its name in the file store. */
export interface FittedPhoto {
  file: string;
  width: number;
  height: number;
  bytes: number;
}

/** Or why there is none, in plain words. */
export type Fitting = FittedPhoto | { failure: string };

export interface FitOrder {
  /** Name of the file that it is made of, and of the one to be made. */
  source: string;
  target: string;
  limits: PhotoLimits;
  /** Nothing of it may be cut off: a document, a map. */
  keepWhole: boolean;
}

export function fitsLimits(
  { width, height, bytes }: Pick<Rendition, 'width' | 'height' | 'bytes'>,
  limits: PhotoLimits,
): boolean {
  const { aspect, sides, width: widest } = limits;
  const ratio = width / height;
  return (
    bytes <= limits.bytes &&
    width * height <= limits.pixels &&
    (sides === undefined || width + height <= sides) &&
    (widest === undefined || width <= widest) &&
    (aspect === undefined || (ratio >= aspect.least && ratio <= aspect.most))
  );
}

/** The same limits and manner make the same file: its address stays true. */
export function fitName(hash: string, limits: PhotoLimits, keepWhole: boolean): string {
  const { bytes, pixels, sides, aspect, width } = limits;
  const of = JSON.stringify([
    version,
    bytes,
    pixels,
    sides ?? null,
    aspect?.least ?? null,
    aspect?.most ?? null,
    keepWhole,
    ...(width === undefined ? [] : [width]),
  ]);
  return `photos/${hash}/fit-${createHash('sha256').update(of).digest('hex').slice(0, 12)}.jpg`;
}

/** Grows with every change of how they are made. */
const version = 1;

/** What the desk says it shows; the picture itself is asked too, when it is made. */
export function showsDocument({ caption, alt, url }: Pick<Photo, 'caption' | 'alt' | 'url'>): boolean {
  const said = [
    caption,
    alt,
    url
      ?.split('/')
      .at(-1)
      ?.replace(/[-_.]+/g, ' '),
  ]
    .join(' ')
    .normalize('NFC');
  return documentWords.test(said);
}

const documentWords =
  /(?<!\p{L})(bản đồ|sơ đồ|đồ họa|biểu đồ|công văn|văn bản|quyết định số|poster|infographics?|map of|maps?|charts?|diagram|floor plan|document|screenshot|carte (de|du|des)|graphique|karte (von|der)|grafik|mapa|gráfico|mappa|grafico|карта|схема|график|地図|図表|グラフ|지도|도표|地图|图表|แผนที่|แผนภูมิ|خريطة|رسم بياني)(?!\p{L})/iu;

/** The largest JPEG of a photo: what files for single services are made of. */
export function largestJpeg({ renditions }: Pick<PhotoRecord, 'renditions'>): Rendition | null {
  const jpegs = renditions.filter(({ format }) => format === 'jpeg');
  return jpegs.reduce<Rendition | null>((best, one) => (best && best.width >= one.width ? best : one), null);
}
