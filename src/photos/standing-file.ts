import { stat } from 'node:fs/promises';

/** Bytes of a file that was made before: it is whole or absent. Null when it is to be made. */
export async function standingFile(path: string): Promise<number | null> {
  const info = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  return info && info.size > 0 ? info.size : null;
}
