import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderMissingPhotos } from '#jobs/missing-photos.ts';
import { cardPath, renditionPath } from '#src/core/rendition.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';
import { memoryFiles } from '#tests/fakes/memory-files.ts';
import { findPhotoArticle } from '#tests/fakes/photo-article.ts';

let bench: JobBench;
beforeAll(async () => {
  bench = await openJobBench();
});
afterAll(() => bench.close());

test('photos whose files are gone are made again, those that stand there are not', async () => {
  const { files } = memoryFiles();
  const deps = { ...bench.deps, files } as unknown as typeof bench.deps;
  const url = 'https://bao.example/anh.jpg';
  const id = await findPhotoArticle(bench, url);
  await deps.ledger.articles.markReady(id, 1, bench.clock.now(), []);
  const rendition = { width: 320, height: 240, format: 'jpeg', bytes: 1 } as const;
  const size = { width: 800, height: 600 };
  await deps.ledger.photos.save({
    articleId: id,
    position: 0,
    url,
    hash: 'ab',
    ...size,
    renditions: [rendition],
    cardBytes: 1,
    failure: null,
  });

  bench.added.length = 0;
  expect(await renderMissingPhotos(deps)).toBe(1);
  const photo = { kind: 'render-photo', payload: { articleId: id, revision: 1, position: 0 } };
  const formats = { kind: 'render-formats', payload: { articleId: id } };
  expect(bench.added).toEqual([photo, formats]);

  bench.added.length = 0;
  await files.write(renditionPath('ab', rendition), 'x');
  expect(await renderMissingPhotos(deps)).toBe(1);
  await files.write(cardPath('ab'), 'x');
  expect(await renderMissingPhotos(deps)).toBe(0);
  expect(bench.added).toEqual([photo, formats, formats]);

  bench.added.length = 0;
  const jpegOnly = { ...deps.settings, photos: { ...deps.settings.photos, formats: ['jpeg' as const] } };
  expect(await renderMissingPhotos({ ...deps, settings: jpegOnly })).toBe(0);
  expect(bench.added).toEqual([]);
});
