import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cleanTemps, diskFiles } from '#src/stores/files/disk.ts';

let top: string;
let root: string;

beforeEach(async () => {
  top = await mkdtemp(join(tmpdir(), 'loa-files-'));
  root = join(top, 'files');
});

afterEach(() => rm(top, { recursive: true, force: true }));

test('what is written is read back, whole, with its size', async () => {
  const files = diskFiles(root);
  await files.write('feeds/moi.rss', '<rss>Tin mới 📰</rss>');
  expect((await files.read('feeds/moi.rss'))?.toString()).toBe('<rss>Tin mới 📰</rss>');
  expect((await files.info('feeds/moi.rss'))?.bytes).toBe(Buffer.byteLength('<rss>Tin mới 📰</rss>'));
  const opened = await files.open('feeds/moi.rss');
  expect(await text(opened!.stream)).toContain('Tin mới');
});

test('a file that is not there, a folder, and a path through a file give null', async () => {
  const files = diskFiles(root);
  expect(await files.read('none')).toBeNull();
  await files.write('a/b', 'x');
  expect(await files.read('a')).toBeNull();
  expect(await files.open('a/b/c')).toBeNull();
  expect(await files.info('a/c')).toBeNull();
  await files.remove('a/c');
});

test('writing again replaces the file and leaves nothing else in the folder', async () => {
  const files = diskFiles(root);
  await Promise.all(Array.from({ length: 20 }, (_, i) => files.write('f/one', `${i}`.repeat(1000))));
  const content = (await files.read('f/one'))!.toString();
  expect(content.length === 1000 || content.length === 2000).toBe(true);
  expect(await readdir(join(root, 'f'))).toEqual(['one']);
});

test('files are listed by their full names, without temporary ones', async () => {
  const files = diskFiles(root);
  for (const name of ['p/2/a.jpg', 'p/1/a.jpg', 'q/x']) await files.write(name, 'x');
  await writeFile(join(root, 'p/1/a.jpg.12ab.tmp'), 'half');
  expect(await files.list('p')).toEqual(['p/1/a.jpg', 'p/2/a.jpg']);
  expect(await files.list('nowhere')).toEqual([]);
  await files.remove('p/1/a.jpg');
  expect(await files.list('p')).toEqual(['p/2/a.jpg']);
});

test('leftovers of writes that were cut off are cleaned', async () => {
  await diskFiles(root).write('p/1/a.jpg', 'x');
  await writeFile(join(root, 'p/1/a.jpg.12ab.tmp'), 'half');
  expect(await cleanTemps(root, Date.now())).toBe(0);
  expect(await cleanTemps(root, Date.now() + 3_600_000)).toBe(1);
  expect(await readdir(join(root, 'p/1'))).toEqual(['a.jpg']);
  expect(await cleanTemps(join(top, 'nowhere'), Date.now())).toBe(0);
});

test.each(['../x', 'a/../../x', '/etc/x', 'a//b', './a', 'a\0b', 'a\\..\\b', 'C:x', '', 'ảnh.jpg', 'a/..'])(
  'the name %j is refused',
  async (name) => {
    const files = diskFiles(root);
    await expect(files.write(name, 'x')).rejects.toThrow('Not a name');
    await expect(files.read(name)).rejects.toThrow('Not a name');
    await expect(files.remove(name)).rejects.toThrow('Not a name');
  },
);

test('a link that leads out is not followed, a link within is', async () => {
  const files = diskFiles(root);
  await files.write('in/side', 'mine');
  await mkdir(join(top, 'outside'));
  await writeFile(join(top, 'outside', 'secret'), 'secret');
  await symlink(join(top, 'outside'), join(root, 'folder'));
  await symlink(join(top, 'outside', 'secret'), join(root, 'link'));
  await symlink(join(root, 'in'), join(root, 'within'));
  await expect(files.read('folder/secret')).rejects.toThrow('leads out');
  await expect(files.read('link')).rejects.toThrow('leads out');
  await expect(files.write('folder/new/x', 'x')).rejects.toThrow('leads out');
  await expect(files.remove('folder/secret')).rejects.toThrow('leads out');
  await expect(files.list('folder')).rejects.toThrow('leads out');
  expect((await files.read('within/side'))?.toString()).toBe('mine');
  await files.write('link', 'replaces the link itself');
  expect(await readFile(join(top, 'outside', 'secret'), 'utf8')).toBe('secret');
  expect(await readdir(join(top, 'outside'))).toEqual(['secret']);
});

test('no name whatever writes outside', async () => {
  const files = diskFiles(root);
  const part = fc.constantFrom('a', '..', '.', '', 'b', '\\', '/', '%2e%2e', ':');
  await fc.assert(
    fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 5 }), async (parts) => {
      await files.write(parts.join('/'), 'x').catch(() => {});
      expect(await readdir(top)).not.toContain('a');
      expect((await readdir(top)).filter((name) => name !== 'files')).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
