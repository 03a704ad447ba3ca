import { lstat, readdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { UserError } from '#src/core/errors.ts';
import { articleExtensions } from '#src/sources/folder/article-file.ts';

export interface SettledFile {
  name: string;
  size: number;
  /** Milliseconds. */
  mtime: number;
  /** Nobody has written to it for two seconds. */
  settled: boolean;
}

const quietFor = 2000;

/** The folder's article files, oldest first. Dot files, temporary files, folders and symbolic links are none. */
export async function listFiles(
  path: string,
  seen: Readonly<Record<string, { size: number; mtime: number; since: number }>>,
  now: number,
): Promise<SettledFile[]> {
  const files: SettledFile[] = [];
  for (const name of await namesIn(path)) {
    const info = await lstat(join(path, name)).catch(() => null);
    if (!info?.isFile()) continue;
    const { size, mtimeMs: mtime } = info;
    const before = seen[name];
    const watched = before?.size === size && before.mtime === mtime && now - before.since >= quietFor;
    files.push({ name, size, mtime, settled: watched || now - mtime >= quietFor });
  }
  return files.sort((a, b) => a.mtime - b.mtime || (a.name < b.name ? -1 : 1));
}

async function namesIn(path: string): Promise<string[]> {
  try {
    const names = await readdir(path);
    return names.filter((name) => !name.startsWith('.') && articleExtensions.has(extname(name).toLowerCase()));
  } catch (cause) {
    throw new UserError(`The folder ${path} cannot be read: ${(cause as Error).message}`, {
      next: 'Check the path in the settings, and that Loa may read there.',
      cause,
    });
  }
}
