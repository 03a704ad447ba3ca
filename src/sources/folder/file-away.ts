import { access, mkdir, rename, writeFile } from 'node:fs/promises';
import { join, parse } from 'node:path';

/** Moves a file that was dealt with to `done/`, or to `failed/` with `NAME.error.json` beside it; never over another. */
export async function fileAway(path: string, name: string, failure: string | null, now: number): Promise<void> {
  const folder = join(path, failure === null ? 'done' : 'failed');
  await mkdir(folder, { recursive: true });
  const target = await freeName(folder, name);
  try {
    await rename(join(path, name), join(folder, target));
  } catch (error) {
    // Somebody took it away meanwhile, or it was filed before a crash.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return;
  }
  if (failure === null) return;
  const next = `Mend the file and put it into ${path} again.`;
  const report = { file: name, error: failure, next, at: new Date(now).toISOString() };
  await writeFile(join(folder, `${target}.error.json`), `${JSON.stringify(report, null, 2)}\n`);
}

async function freeName(folder: string, name: string): Promise<string> {
  const { name: stem, ext } = parse(name);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${stem}-${number}${ext}`;
    const taken = await access(join(folder, candidate)).then(
      () => true,
      () => false,
    );
    if (!taken) return candidate;
  }
}
