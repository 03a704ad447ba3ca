import { open } from 'node:fs/promises';

/** A folder on the disk: a rename within it outlives a power cut. Windows opens no folders, and does not need it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform !== 'win32') await syncPath(path, 'r');
}

/** A file on the disk; `flags` as `open` takes them. */
export async function syncPath(path: string, flags: string): Promise<void> {
  const file = await open(path, flags);
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}
