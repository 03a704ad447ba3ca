/** An original in an inbox folder. */
import { open, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isBelow } from '#src/core/is-inside.ts';
import { PhotoRefusal } from '#src/photos/failure.ts';
import { maxOriginalBytes, tooManyBytes } from '#src/photos/original-limits.ts';

/** Reads a file inside one of the roots. An article names it, so a link that leads out of them is not followed. */
export async function readLocalOriginal(address: URL, roots: string[]): Promise<Uint8Array> {
  const path = pathOf(address);
  const real = await realpath(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') throw new PhotoRefusal(missing(path));
    throw error;
  });
  const realRoots = await Promise.all(roots.map((root) => realpath(root).catch(() => null)));
  if (!realRoots.some((root) => root !== null && isBelow(root, real))) throw new PhotoRefusal(outside(path));
  return readRegularFile(real);
}

function pathOf(address: URL): string {
  try {
    return fileURLToPath(address);
  } catch {
    throw new PhotoRefusal('The address of the picture names no file on this machine');
  }
}

/** Never a pipe or a device: reading one would hang or never end. */
async function readRegularFile(path: string): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new PhotoRefusal(`“${basename(path)}” is not a file`);
    if (info.size > maxOriginalBytes) throw new PhotoRefusal(tooManyBytes);
    return await file.readFile();
  } finally {
    await file.close();
  }
}

function missing(path: string): string {
  return `The picture “${basename(path)}” is not in the folder; put it beside the article`;
}

function outside(path: string): string {
  return `The picture “${basename(path)}” lies outside the folders articles come from; put it beside the article`;
}
