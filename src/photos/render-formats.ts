/** The photo stage's second part: the newer formats of a photo whose JPEG files readers have already. */
import type { Photo } from '#src/core/article.ts';
import type { PhotoFormat, Rendition } from '#src/core/rendition.ts';
import { askChild } from '#src/photos/ask-child.ts';
import { PhotoRefusal } from '#src/photos/failure.ts';
import { keepOriginal, keptOriginal, type OriginalTools } from '#src/photos/original.ts';
import { photoFolder, photoHash, writtenText } from '#src/photos/photo-address.ts';
import type { PhotoPool } from '#src/photos/pool.ts';

export interface FormatsInput {
  photo: Photo;
  /** Of its record. */
  hash: string;
  /** Pixels. */
  widths: number[];
  /** Without JPEG. */
  formats: PhotoFormat[];
  /** Absolute paths: `file:` addresses count inside these only. */
  folderRoots: string[];
}

export type FormatsResult = { renditions: Rendition[] } | { failure: string };

/** Milliseconds: AVIF of the largest widths takes seconds, on a small busy machine a minute. */
const limit = 120_000;

/** Makes what is missing; a photo whose original has changed meanwhile is left to its next revision. */
export async function renderFormats(
  { photo, hash, widths, formats, folderRoots }: FormatsInput,
  tools: OriginalTools & { pool: PhotoPool },
): Promise<FormatsResult> {
  try {
    const { url } = photo;
    const original = (url && (await keptOriginal(url, tools))) || (await keepOriginal(url, folderRoots, tools));
    const credit = writtenText(photo);
    if (photoHash(original.hash, credit) !== hash) return { failure: 'The picture at its address is another one now' };
    const folder = await photoFolder(hash, tools.files);
    const request = { original: original.path, folder, widths, formats, otherFormats: [], card: false, credit };
    const result = await askChild(request, tools.pool, { background: true, limit });
    return result.kind === 'rendered' ? { renditions: result.renditions } : { failure: result.reason };
  } catch (error) {
    if (error instanceof PhotoRefusal) return { failure: error.message };
    throw error;
  }
}
