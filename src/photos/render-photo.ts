/** The photo stage: one photo of one article, from its address to the files readers fetch. */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Photo } from '#src/core/article.ts';
import { type PhotoFormat, type PhotoRecord, renditionPath } from '#src/core/rendition.ts';
import { PhotoRefusal } from '#src/photos/failure.ts';
import { keepOriginal, type OriginalTools } from '#src/photos/original.ts';
import { pipelineVersion } from '#src/photos/pipeline-version.ts';
import type { PhotoPool } from '#src/photos/pool.ts';
import type { RenderRequest, RenderResult, WrittenText } from '#src/photos/request.ts';

export interface PhotoInput {
  articleId: string;
  /** Place in the article, from 0. */
  position: number;
  photo: Photo;
  /** Pixels. */
  widths: number[];
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
    const folder = dirname(await tools.files.localPath(renditionPath(hash, { width: 0, format: 'jpeg' })));
    const { widths, formats } = input;
    const result = await render({ original: original.path, folder, widths, formats, credit }, tools.pool);
    if (result.kind !== 'rendered') return failedPhoto(input, result.reason);
    const { width, height, renditions } = result;
    return { ...blankRecord(input), hash, width, height, renditions };
  } catch (error) {
    if (error instanceof PhotoRefusal) return failedPhoto(input, error.message);
    throw error;
  }
}

/** The record of a photo there are no files of. */
export function failedPhoto(input: Pick<PhotoInput, 'articleId' | 'position' | 'photo'>, reason: string): PhotoRecord {
  return { ...blankRecord(input), failure: reason };
}

/** A child may have been ended for its neighbour's hunger: one more try, in a new one. */
async function render(request: RenderRequest, pool: PhotoPool): Promise<RenderResult> {
  const result = await pool.render(request);
  return result.kind === 'lost' && result.cause === 'ended' ? pool.render(request) : result;
}

function writtenText({ caption, credit }: Photo): WrittenText {
  return { description: caption, artist: credit, copyright: credit };
}

/** Of all that the files depend on, so that what stands at an address never changes. */
function photoHash(originalHash: string, credit: WrittenText): string {
  const parts = JSON.stringify([pipelineVersion, originalHash, credit.description, credit.artist, credit.copyright]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32);
}

function blankRecord({
  articleId,
  position,
  photo,
}: Pick<PhotoInput, 'articleId' | 'position' | 'photo'>): PhotoRecord {
  const url = photo.url ?? '';
  return { articleId, position, url, hash: null, width: null, height: null, renditions: [], failure: null };
}
