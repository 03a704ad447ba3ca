import { join } from 'node:path';
import { cardName, renditionName, renditionSizes } from '#src/core/rendition.ts';
import { standingFile } from '#src/photos/standing-file.ts';
import type { Work } from '#src/photos/work.ts';

/** Which files there are to be and which of them stand there already. Of other formats, those that stand count too. */
export async function planRenditions(work: Work): Promise<void> {
  const { widths, formats, otherFormats, folder, card } = work.request;
  for (const size of renditionSizes(work.width, work.height, widths)) {
    for (const format of [...formats, ...otherFormats]) {
      const path = join(folder, renditionName({ width: size.width, format }));
      const bytes = await standingFile(path);
      if (bytes !== null || formats.includes(format)) work.planned.push({ ...size, format, path, bytes });
    }
  }
  const path = join(folder, cardName);
  if (card) work.card = { path, bytes: await standingFile(path) };
}
