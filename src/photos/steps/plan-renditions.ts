import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { renditionName, renditionSizes } from '#src/core/rendition.ts';
import type { Work } from '#src/photos/work.ts';

/** Which files there are to be and which of them stand there already: a file is whole or absent, so it is kept. */
export async function planRenditions(work: Work): Promise<void> {
  const { widths, formats, folder } = work.request;
  for (const size of renditionSizes(work.width, work.height, widths)) {
    for (const format of formats.filter((format) => format === 'jpeg')) {
      const path = join(folder, renditionName({ width: size.width, format }));
      work.planned.push({ ...size, format, path, bytes: await sizeOf(path) });
    }
  }
}

async function sizeOf(path: string): Promise<number | null> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return info && info.size > 0 ? info.size : null;
}
