/** `data/run.json`: where the running worker is reached, for the commands that talk to it. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const runFile = z.object({ pid: z.int(), url: z.string(), token: z.string() });

export type RunFile = z.infer<typeof runFile>;

export async function writeRunFile(data: string, run: RunFile): Promise<void> {
  // Readable by the owner alone: the token lets whoever reads it give orders.
  await writeFile(join(data, 'run.json'), `${JSON.stringify(run)}\n`, { mode: 0o600 });
}

/** Null when no worker left one. It may be that of a worker that was killed: nobody answers there then. */
export async function readRunFile(data: string): Promise<RunFile | null> {
  try {
    return runFile.parse(JSON.parse(await readFile(join(data, 'run.json'), 'utf8')));
  } catch {
    return null;
  }
}

/** Leaves that of another worker, which has begun to serve meanwhile. */
export async function removeRunFile(data: string, token: string): Promise<void> {
  if ((await readRunFile(data))?.token === token) await rm(join(data, 'run.json'), { force: true });
}
