/** The photo stage's part for one service: a file that its limits take, made of the largest that readers have. */
import type { FitOrder, Fitting } from '#src/core/photo-fit.ts';
import type { PhotoFiles } from '#src/photos/original.ts';
import type { PhotoPool } from '#src/photos/pool.ts';

/** The file, there from now on; else why there is none, in plain words. Throws only when the machine fails. */
export async function fitPhoto(
  { source, target, limits, keepWhole }: FitOrder,
  { files, pool }: { files: Pick<PhotoFiles, 'localPath' | 'info'>; pool: Pick<PhotoPool, 'fit'> },
): Promise<Fitting> {
  if ((await files.info(source)) === null) return { failure: 'its file is gone' };
  const request = { source: await files.localPath(source), target: await files.localPath(target), limits, keepWhole };
  const result = await pool.fit(request);
  if (result.kind !== 'fitted') return { failure: result.reason };
  const { width, height, bytes } = result;
  return { file: target, width, height, bytes };
}
