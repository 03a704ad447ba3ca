/** The key that encrypts secrets: `LOA_SECRET_KEY`, or `data/secret-key`, made on first use. */
import { createHash, randomBytes } from 'node:crypto';
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '#src/core/errors.ts';

const shortest = 32;

/** 32 bytes. Several processes on one ledger need the same: they are given it in the environment. */
export async function openSecretKey(data: string, given = process.env['LOA_SECRET_KEY']): Promise<Uint8Array> {
  if (given !== undefined && given !== '') return ofText(given);
  const file = join(data, 'secret-key');
  const known = await readFile(file, 'utf8').catch(allow('ENOENT'));
  if (known !== null) return ofText(known.trim(), file);
  // With the ledger on a server nobody has made the folder yet.
  await mkdir(data, { recursive: true });
  await makeKey(file);
  return ofText((await readFile(file, 'utf8')).trim(), file);
}

/** Whole or not at all: half a key would be refused at every start. Another process may be quicker. */
async function makeKey(file: string): Promise<void> {
  const draft = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    const made = await open(draft, 'wx', 0o600);
    try {
      await made.writeFile(`${randomBytes(32).toString('base64url')}\n`);
      await made.sync();
    } finally {
      await made.close();
    }
    await link(draft, file).catch(async (error: NodeJS.ErrnoException) => {
      // Some network drives know no second name of a file.
      if (error.code !== 'EEXIST') await rename(draft, file);
    });
  } finally {
    await rm(draft, { force: true });
  }
}

function allow(code: string) {
  return (error: NodeJS.ErrnoException): null => {
    if (error.code === code) return null;
    throw error;
  };
}

function ofText(text: string, file?: string): Uint8Array {
  if (text.length < shortest) {
    throw new UserError(`${file ?? 'LOA_SECRET_KEY'} holds ${text.length} characters, too few for a key.`, {
      next: `It needs ${shortest} or more, by chance: openssl rand -base64 32`,
    });
  }
  return new Uint8Array(createHash('sha256').update(text).digest());
}
