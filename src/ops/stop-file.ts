/** `data/stopped`: the stop of all posting for whoever sends from this folder, also while the database is away. */
import { open, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { messageOf } from '#src/core/errors.ts';
import type { KeptStop, StopFile } from '#src/core/stop.ts';

const name = 'stopped';

const kept = z.object({
  since: z.iso.datetime(),
  by: z.string(),
  reason: z.string().nullable(),
  inLedger: z.boolean(),
});

/** A file that anybody made there, whatever it holds, stops posting too. */
export function createStopFile(data: string): StopFile {
  const path = join(data, name);
  return {
    async read() {
      try {
        return toStop(await readFile(path, 'utf8'), (await stat(path)).mtimeMs);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        return { since: 0, by: path, reason: `it cannot be read: ${messageOf(error)}`, inLedger: false };
      }
    },

    async write({ since, by, reason, inLedger }) {
      const text = JSON.stringify({ since: new Date(since).toISOString(), by, reason, inLedger });
      const draft = `${path}.${process.pid}.draft`;
      const file = await open(draft, 'w');
      try {
        await file.writeFile(`${text}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, path);
    },

    remove: () => rm(path, { force: true, recursive: true }),
  };
}

function toStop(text: string, changedAt: number): KeptStop {
  const read = kept.safeParse(parseJson(text));
  if (read.success) return { ...read.data, since: Date.parse(read.data.since) };
  const [line = ''] = text.trim().split('\n');
  return { since: Math.round(changedAt), by: 'a file in the data folder', reason: line || null, inLedger: false };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
