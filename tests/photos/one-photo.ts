/** One picture through the pipeline, in a folder of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderPicture } from '#src/photos/pipeline.ts';
import type { RenderRequest, RenderResult } from '#src/photos/request.ts';

export type Rendered = Extract<RenderResult, { kind: 'rendered' }> & { file(name: string): string };

/** Opened and cleared by the test; `render` throws when the picture is refused. */
export async function openPhotoFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'loa-photo-'));
  return {
    folder,
    async render(picture: Uint8Array, asked: Partial<RenderRequest> = {}): Promise<Rendered> {
      const original = join(folder, 'original.bin');
      await writeFile(original, picture);
      const credit = { description: null, artist: null, copyright: null };
      const plain = { widths: [64], formats: ['jpeg' as const], otherFormats: [], card: false, credit };
      const result = await renderPicture({ original, folder, ...plain, ...asked });
      if (result.kind !== 'rendered') throw new Error(JSON.stringify(result));
      return { ...result, file: (name) => join(folder, name) };
    },
    close: () => rm(folder, { recursive: true }),
  };
}
