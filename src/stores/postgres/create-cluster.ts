/** The first creation of the embedded database, which a crash at any moment leaves either undone or whole. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { dataDir } from '@electric-sql/pglite-prepopulatedfs';
import { syncFolder } from '#src/stores/files/sync-path.ts';

/**
 * Unpacks the prepared, empty cluster beside `dir` and renames it into place once all of it is on the disk. What an
 * earlier, unfinished try left in `DIR.new` held nothing yet and is thrown away.
 */
export async function createCluster(dir: string): Promise<void> {
  const draft = `${dir}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true, mode: 0o700 });
  await unpack(await promisify(gunzip)(await (await dataDir()).arrayBuffer()), draft);
  await syncFolders(draft);
  await rename(draft, dir);
  await syncFolder(dirname(dir));
}

/** A tar archive (ustar) of plain files and folders, as the package ships it; folders stand before what is in them. */
async function unpack(tar: Buffer, into: string): Promise<void> {
  const writes: (() => Promise<void>)[] = [];
  for (let at = 0; at + block <= tar.length && tar[at] !== 0; ) {
    const name = text(tar, at + 345, 155) + text(tar, at, 100);
    const bytes = Number.parseInt(text(tar, at + 124, 12), 8);
    const path = join(into, name);
    const content = tar.subarray(at + block, at + block + bytes);
    if (tar[at + 156] === folderType) await mkdir(path, { recursive: true, mode: 0o700 });
    else writes.push(() => writeDurably(path, content));
    at += block + Math.ceil(bytes / block) * block;
  }
  for (let i = 0; i < writes.length; i += atOnce)
    await Promise.all(writes.slice(i, i + atOnce).map((write) => write()));
}

const block = 512;
const folderType = '5'.charCodeAt(0);

function text(tar: Buffer, at: number, length: number): string {
  return tar
    .toString('latin1', at, at + length)
    .replace(/\0.*$/s, '')
    .trim();
}

async function writeDurably(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

const atOnce = 16;

async function syncFolders(dir: string): Promise<void> {
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (entry.isDirectory()) await syncFolders(join(dir, entry.name));
  }
  await syncFolder(dir);
}
