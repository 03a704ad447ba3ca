/** Where a photo's files stand: under a hash of all that they depend on. */
import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import type { Photo } from '#src/core/article.ts';
import { cardPath } from '#src/core/rendition.ts';
import type { PhotoFiles } from '#src/photos/original.ts';
import { pipelineVersion } from '#src/photos/pipeline-version.ts';
import type { WrittenText } from '#src/photos/request.ts';

/** What the article says of a photo, as it is written into the files. */
export function writtenText({ caption, credit }: Photo): WrittenText {
  return { description: caption, artist: credit, copyright: credit };
}

/** Of all that the files depend on, so that what stands at an address never changes. */
export function photoHash(originalHash: string, credit: WrittenText): string {
  const parts = JSON.stringify([pipelineVersion, originalHash, credit.description, credit.artist, credit.copyright]);
  return createHash('sha256').update(parts).digest('hex').slice(0, 32);
}

/** The folder of its files on this machine; it exists. */
export async function photoFolder(hash: string, files: Pick<PhotoFiles, 'localPath'>): Promise<string> {
  return dirname(await files.localPath(cardPath(hash)));
}
