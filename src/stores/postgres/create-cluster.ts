/** The first creation of the embedded database, which a crash at any moment leaves either undone or whole. */
import { mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';

/**
 * Unpacks the prepared, empty cluster beside `dir` and renames it into place once all of it is on the disk. What an
 * earlier, unfinished try left in `DIR.new` held nothing yet and is thrown away.
 */
export async function createCluster(dir: string): Promise<void> {
  const draft = `${dir}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await unpack(await promisify(gunzip)(await (await dataDir()).arrayBuffer()), draft);
  await syncTree(draft);
  await rename(draft, dir);
  await syncFolder(dirname(dir));
}

/** A tar archive (ustar) of plain files and folders, as the package ships it. */
async function unpack(tar: Buffer, into: string): Promise<void> {
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const name = text(tar, at + 345, 155) + text(tar, at, 100);
    const bytes = Number.parseInt(text(tar, at + 124, 12), 8);
    const path = join(into, name);
    if (tar[at + 156] === folderType) await mkdir(path, { recursive: true, mode: 0o700 });
    else await writeFile(path, tar.subarray(at + block, at + block + bytes), { mode: 0o600 });
    at += block + Math.ceil(bytes / block) * block;
  }
}

const block = 512;
const folderType = '5'.charCodeAt(0);

function text(tar: Buffer, at: number, length: number): string {
  return tar
    .toString('latin1', at, at + length)
    .replace(/\0.*$/s, '')
    .trim();
}

async function syncTree(dir: string): Promise<void> {
  const entries = await readdir(dir, { withFileTypes: true });
  for (let i = 0; i < entries.length; i += atOnce) {
    await Promise.all(
      entries.slice(i, i + atOnce).map((entry) => {
        const path = join(dir, entry.name);
        return entry.isDirectory() ? syncTree(path) : sync(path, 'r+');
      }),
    );
  }
  await syncFolder(dir);
}

const atOnce = 16;

async function syncFolder(dir: string): Promise<void> {
  if (process.platform !== 'win32') await sync(dir, 'r'); // Windows opens no folders
}

async function sync(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
