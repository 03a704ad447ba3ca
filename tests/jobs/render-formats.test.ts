import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Deps } from '#jobs/deps.ts';
import { publishArticle } from '#jobs/publish-article.ts';
import { renderFormats } from '#jobs/render-formats.ts';
import { renderPhoto } from '#jobs/render-photo.ts';
import { createPhotoPool } from '#src/photos/pool.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { findPhotoArticle } from '#tests/fakes/photo-article.ts';
import { diskFiles } from '#tests/photos/disk-files.ts';
import { flag } from '#tests/photos/pictures.ts';

const url = 'https://bao.example/anh.jpg';
let bench: JobBench;
let deps: Deps;
let folder: string;
let fetched: number;
let articleId: string;

beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());

beforeEach(async () => {
  await bench.reset();
  folder = await mkdtemp(join(tmpdir(), 'loa-formats-'));
  fetched = 0;
  const picture = await flag(80, 60).jpeg().toBuffer();
  const pool = createPhotoPool({ size: 1, log: recordingLog(), clock: manualClock() });
  deps = Object.assign(bench.deps, {
    files: diskFiles(folder),
    photos: pool,
    http: {
      async request() {
        fetched += 1;
        return { status: 200, headers: {}, body: picture, url, movedTo: null };
      },
    },
  }) as unknown as Deps;
  deps.settings.photos.widths = [48, 64];
  articleId = await findPhotoArticle(bench, url);
  return async () => {
    await pool.close();
    await rm(folder, { recursive: true });
  };
});

const record = async () => (await deps.ledger.photos.forArticles([articleId]))[0]!;
const made = async () => (await record()).renditions.map(({ width, format }) => `${width}.${format}`).sort();
const kinds = () => bench.added.map(({ kind }) => kind);

async function publish(): Promise<void> {
  await bench.run(renderPhoto, { articleId, revision: 1, position: 0 });
  bench.added.length = 0;
  await bench.run(publishArticle, { articleId, revision: 1 });
}

const all = ['48.avif', '48.jpeg', '48.webp', '64.avif', '64.jpeg', '64.webp'];

test('an article goes out with JPEG files and its card; the newer formats follow and the feeds are built again', async () => {
  await publish();
  expect(await made()).toEqual(['48.jpeg', '64.jpeg']);
  expect((await record()).cardBytes).toBeGreaterThan(0);
  expect(kinds()).toContain('render-formats');

  bench.added.length = 0;
  await bench.run(renderFormats, { articleId });
  expect(await made()).toEqual(all);
  expect(kinds()).toEqual(deps.settings.feeds.map(() => 'build-feed'));
  expect(fetched).toBe(1);
  expect(await readdir(join(folder, 'photos', (await record()).hash!))).toHaveLength(7);

  bench.added.length = 0;
  await bench.run(renderFormats, { articleId });
  expect(bench.added).toEqual([]);
});

test('rendering the photo again keeps what the newer formats have gained', async () => {
  await publish();
  await bench.run(renderFormats, { articleId });
  bench.added.length = 0;
  await bench.run(renderPhoto, { articleId, revision: 1, position: 0 });
  expect(await made()).toEqual(all);
  // The article is out: nobody else would ask for what may be missing now.
  expect(kinds()).toEqual(['render-formats', ...deps.settings.feeds.map(() => 'build-feed')]);
});

test('feeds whose build gets lost with the queue are built all the same: the ledger knows what they lack', async () => {
  const wanted = async () => (await deps.ledger.feeds.all()).map((feed) => feed.wanted);
  await publish();
  const before = await wanted();
  await bench.run(renderFormats, { articleId });
  const after = await wanted();
  expect(after).toEqual(before.map((count) => count + 1));
  await bench.run(renderPhoto, { articleId, revision: 1, position: 0 });
  expect(await wanted()).toEqual(after.map((count) => count + 1));
});

test('with JPEG alone in the settings nothing is asked for', async () => {
  const { photos } = deps.settings;
  deps.settings.photos = { ...photos, formats: ['jpeg'] };
  await publish();
  deps.settings.photos = photos;
  expect(kinds()).not.toContain('render-formats');
});

test('a photo that is given up keeps its JPEG files, and the log says so', async () => {
  await publish();
  const { photos } = deps;
  deps.photos = { ...photos, render: async () => ({ kind: 'lost', cause: 'timeout', reason: 'took too long' }) };
  bench.added.length = 0;
  await bench.run(renderFormats, { articleId });
  deps.photos = photos;
  expect(await made()).toEqual(['48.jpeg', '64.jpeg']);
  expect(bench.added).toEqual([]);
  expect(bench.log.lines.at(-1)!.message).toBe(
    `photo ${url} of “Chợ mở lại” stays without avif and webp: took too long`,
  );
});
