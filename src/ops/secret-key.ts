/** The key that encrypts secrets: `LOA_SECRET_KEY`, or `data/secret-key`, made on first use. */
import { createHash, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '#src/core/errors.ts';

const shortest = 32;

/** 32 bytes. Several processes on one ledger need the same: they are given it in the environment. */
export async function openSecretKey(data: string, given = process.env['LOA_SECRET_KEY']): Promise<Uint8Array> {
  if (given !== undefined && given !== '') return ofText(given);
  const file = join(data, 'secret-key');
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return ofText(known.trim(), file);
  // With the ledger on a server nobody has made the folder yet.
  await mkdir(data, { recursive: true });
  const fresh = randomBytes(32).toString('base64url');
  try {
    await writeFile(file, `${fresh}\n`, { mode: 0o600, flag: 'wx' });
    return ofText(fresh);
  } catch (error) {
    // Another process was quicker.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return openSecretKey(data, given);
    throw error;
  }
}

function ofText(text: string, file?: string): Uint8Array {
  if (text.length < shortest) {
    throw new UserError(`${file ?? 'LOA_SECRET_KEY'} holds ${text.length} characters, too few for a key.`, {
      next: `It needs ${shortest} or more, by chance: openssl rand -base64 32`,
    });
  }
  return new Uint8Array(createHash('sha256').update(text).digest());
}
