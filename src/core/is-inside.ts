import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Whether a `file:` address names something below the folder `root`. `file:` photos are allowed only from folder
 * sources, and only below the source's own path. It compares names alone: whoever opens the file resolves symbolic
 * links first (`realpath` of both).
 */
export function isInside(root: string, url: string): boolean {
  const path = filePath(url);
  return path !== null && isBelow(root, path);
}

/** The same for a path. */
export function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way.split(/[\\/]/)[0] !== '..' && !isAbsolute(way);
}

/** The path a `file:` address names; null for every other address, and for one with a host or an encoded slash. */
export function filePath(url: string): string | null {
  if (!URL.canParse(url) || new URL(url).protocol !== 'file:') return null;
  try {
    const path = fileURLToPath(url);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}
