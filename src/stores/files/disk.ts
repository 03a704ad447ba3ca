/** Files in a folder on this machine. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve, sep } from 'node:path';
import { syncFolder } from '#src/stores/files/sync-path.ts';
import type { FileStore } from '#src/stores/files.ts';

/**
 * Keeps files under `root`, which is made when it is first needed. A name that leads out of it (`..`, an absolute path,
 * a link) is refused with an error; a name that is not there gives null.
 */
export function diskFiles(root: string): FileStore {
  const base = resolve(root);
  return {
    async write(name, content) {
      const path = await placeFor(base, name);
      await writeWhole(path, content);
    },
    async read(name) {
      const file = await openFile(base, name);
      try {
        return file && (await file.readFile());
      } finally {
        await file?.close();
      }
    },
    async open(name) {
      const file = await openFile(base, name);
      if (!file) return null;
      const info = await infoOf(file);
      return { info, stream: file.createReadStream() };
    },
    async info(name) {
      const file = await openFile(base, name);
      try {
        return file && (await infoOf(file));
      } finally {
        await file?.close();
      }
    },
    list: (folder) => listFiles(base, folder),
    async remove(name) {
      const path = pathOf(base, name);
      if (await realFolder(base, path)) await rm(path, { force: true });
    },
    localPath: (name) => placeFor(base, name),
  };
}

/** Removes what writes that were cut off have left; another process may be writing a younger one. Gives how many. */
export async function cleanTemps(root: string, now: number): Promise<number> {
  let removed = 0;
  for (const path of await entriesUnder(resolve(root))) {
    if (!path.endsWith(tempEnding)) continue;
    const info = await stat(path).catch(allow('ENOENT'));
    if (!info || now - info.mtimeMs < leftAfter) continue;
    await rm(path, { force: true });
    removed += 1;
  }
  return removed;
}

/** No write takes so long. */
const leftAfter = 10 * 60_000;

const tempEnding = '.tmp';

/** The name's path, by its letters alone. */
function pathOf(base: string, name: string): string {
  const parts = name.split('/');
  const bad = parts.some((part) => part === '' || part === '.' || part === '..');
  if (bad || !/^[\x21-\x7e]+$/.test(name) || name.includes('\\') || name.includes(':')) {
    throw new Error(`Not a name of a file here: ${JSON.stringify(name)}`);
  }
  return join(base, ...parts);
}

/** The path for a file to be written; the folder above it exists and is really inside. */
async function placeFor(base: string, name: string): Promise<string> {
  const path = pathOf(base, name);
  await mkdir(base, { recursive: true });
  // Made part by part: a link on the way must not make folders outside.
  for (let at = base; at !== dirname(path); ) {
    at = join(
      at,
      dirname(path)
        .slice(at.length + 1)
        .split(sep)[0] as string,
    );
    await mkdir(at).catch(allow('EEXIST'));
    await realFolder(base, join(at, 'x'));
  }
  return path;
}

/** The real folder above `path`; null where there is none, refused where a link leads out of `base`. */
async function realFolder(base: string, path: string): Promise<string | null> {
  const [folder, root] = await Promise.all([realOrNull(dirname(path)), realOrNull(base)]);
  if (folder === null || root === null) return null;
  if (folder !== root && !folder.startsWith(root + sep)) throw new Error(`A link leads out of ${base}: ${path}`);
  return folder;
}

async function openFile(base: string, name: string): Promise<FileHandle | null> {
  const path = pathOf(base, name);
  const real = await realOrNull(path);
  if (real === null || !(await realFolder(base, path))) return null;
  await realFolder(base, real === path ? path : join(real, 'x')); // the file itself may be the link
  const file = await open(real, 'r').catch(allow('ENOENT'));
  if (!file || (await file.stat()).isFile()) return file ?? null;
  await file.close();
  return null;
}

async function infoOf(file: FileHandle) {
  const { size, mtimeMs } = await file.stat();
  return { bytes: size, modifiedAt: Math.round(mtimeMs) };
}

/** Readers see the old file or the new one; after a crash too, which is what the two fsyncs are for. */
async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const temp = `${path}.${randomBytes(6).toString('hex')}${tempEnding}`;
  try {
    const file = await open(temp, 'wx');
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temp, path);
  } catch (error) {
    await rm(temp, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Names of all files under `folder`, sorted; none where there is no such folder. */
async function listFiles(base: string, folder: string): Promise<string[]> {
  const path = folder === '' ? base : pathOf(base, folder);
  if (!(await realFolder(base, join(path, 'x')))) return [];
  const names = (await entriesUnder(path)).map((entry) => entry.slice(base.length + 1).replaceAll(sep, '/'));
  return names.filter((name) => !name.endsWith(tempEnding)).sort();
}

async function entriesUnder(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true }).catch(allow('ENOENT', 'ENOTDIR'));
  return (entries ?? []).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function realOrNull(path: string): Promise<string | null> {
  return (await realpath(path).catch(allow('ENOENT', 'ENOTDIR'))) ?? null;
}

function allow(...codes: string[]): (error: NodeJS.ErrnoException) => undefined {
  return (error) => {
    if (!codes.includes(error.code ?? '')) throw error;
  };
}
