import { mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pruneOriginals } from '#src/photos/prune-originals.ts';
import { diskFiles } from '#src/stores/files/disk.ts';

const day = 86_400_000;

test('originals that are old enough go, renditions and newer originals stay', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'loa-originals-'));
  try {
    const files = diskFiles(folder);
    const now = Date.UTC(2026, 10, 25);
    for (const [name, age] of [
      ['originals/a.jpg', 31],
      ['originals/address-a.json', 31],
      ['originals/b.jpg', 2],
      ['photos/a/640.jpg', 31],
    ] as const) {
      await files.write(name, 'x');
      const at = new Date(now - age * day);
      await utimes(join(folder, name), at, at);
    }
    expect(await pruneOriginals(files, 30 * day, now)).toBe(2);
    expect((await files.list('originals')).sort()).toEqual(['originals/b.jpg']);
    expect(await files.list('photos')).toEqual(['photos/a/640.jpg']);
    expect(await pruneOriginals(diskFiles(join(folder, 'fresh')), day, now)).toBe(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
