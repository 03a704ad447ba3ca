/** The part of the file store that is needed here. */
export interface KeptFiles {
  list(folder: string): Promise<string[]>;
  info(name: string): Promise<{ modifiedAt: number } | null>;
  remove(name: string): Promise<void>;
}

/**
 * Removes originals, and what is remembered of their addresses, written more than `keepMs` ago; gives how many.
 * One that is needed again is fetched again; the files made from it stay.
 */
export async function pruneOriginals(files: KeptFiles, keepMs: number, now: number): Promise<number> {
  let removed = 0;
  for (const name of await files.list('originals')) {
    const info = await files.info(name);
    if (!info || info.modifiedAt > now - keepMs) continue;
    await files.remove(name);
    removed += 1;
  }
  return removed;
}
