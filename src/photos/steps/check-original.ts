import { open } from 'node:fs/promises';
import { maxPixels, readHeader } from '#src/photos/decoder.ts';
import { PhotoRefusal } from '#src/photos/failure.ts';
import { detectKind, headBytes } from '#src/photos/kind.ts';
import { maxOriginalBytes, tooManyBytes } from '#src/photos/original-limits.ts';
import type { Work } from '#src/photos/work.ts';

// JPEG cannot hold a longer side, and such a strip is no photo.
const maxSide = 65_500;

/** Kind, bytes and size, all before a pixel is decoded: a few hundred bytes can ask for gigabytes. */
export async function checkOriginal(work: Work): Promise<void> {
  const { head, bytes } = await readHead(work.request.original);
  const found = detectKind(head);
  if (found.kind === null) throw new PhotoRefusal(found.reason);
  if (bytes > maxOriginalBytes) throw new PhotoRefusal(tooManyBytes);
  const { autoOrient } = await readHeader(work.request.original);
  const { width, height } = autoOrient;
  if (width * height > maxPixels) throw new PhotoRefusal(tooLarge(width, height));
  if (Math.max(width, height) > maxSide) throw new PhotoRefusal(tooLarge(width, height));
  work.width = width;
  work.height = height;
}

function tooLarge(width: number, height: number): string {
  return (
    `The picture is ${width} × ${height} pixels, more than the ${maxPixels / 1_000_000} million in all ` +
    `or ${maxSide} on one side that are accepted; ask the desk for a smaller one`
  );
}

async function readHead(path: string): Promise<{ head: Uint8Array; bytes: number }> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read(new Uint8Array(headBytes), 0, headBytes, 0);
    return { head: buffer.subarray(0, bytesRead), bytes: (await file.stat()).size };
  } finally {
    await file.close();
  }
}
