/** The photo stage: one photo of one article, from its address to the files readers fetch. */
import type { Photo } from '#src/core/article.ts';
import type { PhotoFormat, PhotoRecord } from '#src/core/rendition.ts';
import { askChild } from '#src/photos/ask-child.ts';
import { PhotoRefusal } from '#src/photos/failure.ts';
import { keepOriginal, type OriginalTools } from '#src/photos/original.ts';
import { photoFolder, photoHash, writtenText } from '#src/photos/photo-address.ts';
import type { PhotoPool } from '#src/photos/pool.ts';
import { toldWords } from '#src/photos/told-words.ts';

export interface PhotoInput {
  articleId: string;
  /** Place in the article, from 0. */
  position: number;
  photo: Photo;
  /** Pixels. */
  widths: number[];
  /** All that are wanted. Here only JPEG and the card are made; of the others, what stands already is recorded. */
  formats: PhotoFormat[];
  /** Absolute paths: `file:` addresses count inside these only. */
  folderRoots: string[];
}

export interface PhotoTools extends OriginalTools {
  pool: PhotoPool;
}

/**
 * Fetches the original and makes its files; what stands there already is neither fetched nor made again.
 * A photo that cannot be used comes back as a record with `failure`; only what another try may mend is thrown.
 */
export async function renderPhoto(input: PhotoInput, tools: PhotoTools): Promise<PhotoRecord> {
  try {
    const original = await keepOriginal(input.photo.url, input.folderRoots, tools);
    const credit = writtenText(input.photo);
    const hash = photoHash(original.hash, credit);
    const { widths } = input;
    const request = {
      original: original.path,
      folder: await photoFolder(hash, tools.files),
      widths,
      formats: ['jpeg' as const],
      otherFormats: input.formats.filter((format) => format !== 'jpeg'),
      card: true,
      credit,
    };
    const result = await askChild(request, tools.pool);
    if (result.kind !== 'rendered') return failedPhoto(input, result.reason);
    const { width, height, renditions, cardBytes } = result;
    const words = toldWords(result.embedded);
    return {
      ...blankRecord(input),
      ...{ hash, width, height, renditions },
      ...(cardBytes !== null && { cardBytes }),
      ...(words && { words }),
    };
  } catch (error) {
    if (error instanceof PhotoRefusal) return failedPhoto(input, error.message);
    throw error;
  }
}

/** The record of a photo there are no files of. */
export function failedPhoto(input: Pick<PhotoInput, 'articleId' | 'position' | 'photo'>, reason: string): PhotoRecord {
  return { ...blankRecord(input), failure: reason };
}

function blankRecord({
  articleId,
  position,
  photo,
}: Pick<PhotoInput, 'articleId' | 'position' | 'photo'>): PhotoRecord {
  const url = photo.url ?? '';
  return { articleId, position, url, hash: null, width: null, height: null, renditions: [], failure: null };
}
