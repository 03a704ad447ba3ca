/** Files derived from a photo. */
import type { PhotoWords } from '#src/core/photo-words.ts';

export type PhotoFormat = 'jpeg' | 'webp' | 'avif';

/** One derived file; its address is `/photos/HASH/WIDTH.FORMAT`. */
export interface Rendition {
  /** Pixels, never more than the original's. */
  width: number;
  height: number;
  format: PhotoFormat;
  bytes: number;
}

/** What became of one photo of one article. */
export interface PhotoRecord {
  articleId: string;
  /** Place in the article, from 0. */
  position: number;
  /** The original's address. */
  url: string;
  /** Of original, pipeline version and the metadata written into the files; null until rendered. */
  hash: string | null;
  /** The original's size in pixels, after orientation. */
  width: number | null;
  height: number | null;
  renditions: Rendition[];
  /** Of its card, at `cardPath`; absent where there is none. */
  cardBytes?: number;
  /** What the original's own metadata says; absent where it says nothing. */
  words?: PhotoWords;
  /** Why there are no renditions, in plain words; null when there are some or it still waits. */
  failure: string | null;
}

export const contentTypes: Readonly<Record<PhotoFormat, string>> = {
  jpeg: 'image/jpeg',
  webp: 'image/webp',
  avif: 'image/avif',
};

/** File name of a rendition under the files root, and its path on the server. */
export function renditionPath(hash: string, rendition: Pick<Rendition, 'width' | 'format'>): string {
  return `photos/${hash}/${renditionName(rendition)}`;
}

/** The last part of it. */
export function renditionName(rendition: Pick<Rendition, 'width' | 'format'>): string {
  return `${rendition.width}.${rendition.format === 'jpeg' ? 'jpg' : rendition.format}`;
}

/** The card stands for an article where links are shared: pixels, as the networks that show it ask for. */
export const cardSize = { width: 1200, height: 630 } as const;

export const cardName = 'card.jpg';

/** File name of a photo's card under the files root, and its path on the server. */
export function cardPath(hash: string): string {
  return `photos/${hash}/${cardName}`;
}

/**
 * The sizes a photo is made in, ascending: every asked width below the original's, and as the last one the largest
 * asked width or the original's own. Heights follow the original's shape, at least one pixel.
 */
export function renditionSizes(
  width: number,
  height: number,
  widths: readonly number[],
): { width: number; height: number }[] {
  const largest = Math.min(width, Math.max(...widths));
  const chosen = new Set([...widths.filter((asked) => asked < largest), largest]);
  return [...chosen]
    .sort((a, b) => a - b)
    .map((chosen) => ({ width: chosen, height: Math.max(1, Math.round((height * chosen) / width)) }));
}
