/** One process per data folder: two on one embedded database silently lose rows. */
import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { messageOf, UserError } from '#src/core/errors.ts';
import type { Clock } from '#src/core/tools.ts';

export interface DataLock {
  release(): void;
}

/**
 * Makes the folder where it is missing and takes its lock, waiting up to `waitMs` (default 10 s) for a process that is
 * stopping. The lock is an exclusive SQLite transaction on `DIR/lock`: process ids say nothing in a container, and the
 * system frees it however the process ends. Nothing else may open that file: closing it would drop the lock.
 */
export async function lockData(dir: string, options: { waitMs?: number; clock: Clock }): Promise<DataLock> {
  const { waitMs = 10_000, clock } = options;
  makeFolder(dir);
  const until = clock.monotonic() + waitMs;
  for (;;) {
    const lock = tryLock(dir);
    if (lock) return lock;
    if (clock.monotonic() >= until) {
      throw new UserError(`The data folder ${resolve(dir)} is in use by another Loa process`, {
        next: 'Stop that one first, or give this one a folder of its own with `data:` in the settings.',
      });
    }
    await clock.sleep(stepMs);
  }
}

const stepMs = 100;

/** Permission bits say nothing to root, and nothing of a read-only disk: something is really made in the folder. */
function makeFolder(dir: string): void {
  try {
    makeParents(resolve(dir));
    rmdirSync(mkdtempSync(join(dir, '.writable-')));
  } catch (cause) {
    throw unusable(dir, cause);
  }
}

/** Node's own `recursive` never returns where a parent is there and takes nothing, as in /proc. */
function makeParents(dir: string): void {
  if (existsSync(dir)) return;
  if (dirname(dir) !== dir) makeParents(dirname(dir));
  mkdirSync(dir);
}

function tryLock(dir: string): DataLock | null {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(join(dir, 'lock'), { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return { release: () => held.close() };
  } catch (cause) {
    database?.close();
    if ((cause as { errcode?: number }).errcode === busy) return null;
    throw unusable(dir, cause);
  }
}

/** SQLITE_BUSY */
const busy = 5;

function unusable(dir: string, cause: unknown): UserError {
  return new UserError(`Loa cannot write in its data folder ${resolve(dir)}: ${messageOf(cause)}`, {
    next: 'Make it a folder that the user who runs Loa may write in, or name another with `data:` in the settings.',
    cause,
  });
}
