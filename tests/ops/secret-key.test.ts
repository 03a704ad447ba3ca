import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openSecretKey } from '#src/ops/secret-key.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'loa-key-'));
});
afterEach(() => rm(data, { recursive: true }));

it('is made once, for its owner alone', async () => {
  const first = await openSecretKey(join(data, 'new'), '');
  expect(first).toHaveLength(32);
  expect(await openSecretKey(join(data, 'new'), '')).toEqual(first);
  expect((await stat(join(data, 'new', 'secret-key'))).mode & 0o777).toBe(0o600);
});

it('is the same for two processes that start at once', async () => {
  const [one, other] = await Promise.all([openSecretKey(data, ''), openSecretKey(data, '')]);
  expect(one).toEqual(other);
});

it('comes from the environment where it is given', async () => {
  const given = 'a'.repeat(40);
  expect(await openSecretKey(data, given)).toEqual(await openSecretKey('/nowhere', given));
  await expect(stat(join(data, 'secret-key'))).rejects.toThrow();
});

it('one that is too short is refused with what to do', async () => {
  await expect(openSecretKey(data, 'short')).rejects.toThrow('LOA_SECRET_KEY holds 5 characters');
  await writeFile(join(data, 'secret-key'), '\n');
  await expect(openSecretKey(data, '')).rejects.toThrow(/secret-key holds 0 characters/);
});

it('a file that cannot be read is said so, not waited for', async () => {
  await mkdir(join(data, 'secret-key'));
  await expect(openSecretKey(data, '')).rejects.toThrow(/EISDIR/);
});

it('stands whole or not at all: nobody reads it half written', async () => {
  const keys = await Promise.all(Array.from({ length: 20 }, () => openSecretKey(join(data, 'many'), '')));
  expect(new Set(keys.map((key) => Buffer.from(key).toString('hex'))).size).toBe(1);
  expect(await readdir(join(data, 'many'))).toEqual(['secret-key']);
});
