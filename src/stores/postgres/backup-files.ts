/** The backups in `data/backups`: their names, the newest, and which are old. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** `ledger-2026-11-25T21-00-00Z.jsonl.gz`: names sort by time. */
export function backupName(now: number): string {
  return `ledger-${new Date(now).toISOString().slice(0, 19).replaceAll(':', '-')}Z${ending}`;
}

/** The path of the newest backup in `dir`; null without one. */
export function newestBackup(dir: string): string | null {
  return listBackups(dir).at(-1)?.path ?? null;
}

/** Removes backups older than `keepMs`, but never the newest one; gives the removed paths. */
export function pruneBackups(dir: string, keepMs: number, now: number): string[] {
  const old = listBackups(dir)
    .slice(0, -1)
    .filter((backup) => backup.at < now - keepMs)
    .map((backup) => backup.path);
  for (const path of old) rmSync(path, { force: true });
  return old;
}

const ending = '.jsonl.gz';

/** Oldest first, by the time in the name, else by the file's own. */
function listBackups(dir: string): { path: string; at: number }[] {
  let names: string[];
  try {
    names = readdirSync(dir);
  } catch {
    return [];
  }
  return names
    .filter((name) => name.endsWith(ending))
    .map((name) => ({ path: join(dir, name), at: timeIn(name) ?? statSync(join(dir, name)).mtimeMs }))
    .sort((a, b) => a.at - b.at);
}

function timeIn(name: string): number | null {
  const match = /^ledger-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z/.exec(name);
  if (!match) return null;
  const at = Date.parse(`${match[1]}T${match[2]}:${match[3]}:${match[4]}Z`);
  return Number.isNaN(at) ? null : at;
}
