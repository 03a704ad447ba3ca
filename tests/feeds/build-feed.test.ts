import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { StoredArticle } from '#src/core/article.ts';
import { type FeedFile, feedBlobName } from '#src/core/feed-file.ts';
import { buildFeed } from '#src/feeds/build-feed.ts';
import { buildDocument } from '#src/feeds/document.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import { formats } from '#src/feeds/registry.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';
import { memoryFiles } from '#tests/fakes/memory-files.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

const documentOf = (...articles: StoredArticle[]) =>
  buildDocument({
    feed: feedSettings(),
    site,
    publicUrl: 'https://loa.example',
    entries: articles.map((article) => ({ article, photos: photoRecords(article) })),
  });

function setup() {
  const store = memoryFiles();
  const build = (articles: StoredArticle[], chosen: readonly FeedFormat[] = formats) =>
    buildFeed(documentOf(...articles), { files: store.files, formats: chosen });
  const pointer = (format = 'rss'): FeedFile =>
    JSON.parse(store.contents.get(`feeds/latest.${format}.json`)!.toString());
  const text = (format = 'rss') => store.contents.get(feedBlobName(pointer(format).blob, 'raw'))!.toString();
  return { ...store, build, pointer, text };
}

const one = storedArticle();
const two = storedArticle({
  id: 'b2c4d6e8f0',
  entryId: 'tag:bao.example,2026-11-25:b2c4d6e8f0',
  headline: 'Tin thứ hai',
});

describe('building a feed', () => {
  test('the first time writes every format in three forms of the same bytes', async () => {
    const { build, pointer, contents } = setup();
    expect(await build([one])).toEqual({ changed: ['rss', 'atom', 'json'], entries: 1 });
    const { blob, bytes } = pointer();
    const raw = contents.get(feedBlobName(blob, 'raw'))!;
    expect(raw.length).toBe(bytes);
    expect(brotliDecompressSync(contents.get(feedBlobName(blob, 'br'))!).equals(raw)).toBe(true);
    expect(gunzipSync(contents.get(feedBlobName(blob, 'gz'))!).equals(raw)).toBe(true);
  });

  test('again with the same content writes nothing', async () => {
    const { build, calls } = setup();
    await build([one]);
    calls.length = 0;
    expect((await build([one])).changed).toEqual([]);
    expect(calls.filter(({ call }) => call !== 'read')).toEqual([]);
  });

  test('the pointer is written after all that it points to', async () => {
    const { build, calls } = setup();
    await build([one], [formats[0]!]);
    expect(calls.filter(({ call }) => call === 'write').at(-1)!.name).toBe('feeds/latest.rss.json');
  });

  test('the bytes just replaced stay, those before them go', async () => {
    const { build, pointer, contents } = setup();
    const blobs: string[] = [];
    for (const articles of [[one], [one, two], [two]]) {
      await build(articles, [formats[0]!]);
      blobs.push(pointer().blob);
    }
    expect(blobs.map((blob) => contents.has(feedBlobName(blob, 'br')))).toEqual([false, true, true]);
  });

  test('going back to earlier content keeps its bytes', async () => {
    const { build, pointer, contents } = setup();
    for (const articles of [[one, two], [two], [one, two], [two]]) await build(articles);
    expect(contents.has(feedBlobName(pointer().blob, 'raw'))).toBe(true);
  });

  test('a withdrawal moves the time of change on, though every entry left is older', async () => {
    const { build, pointer, text } = setup();
    const later = storedArticle({ ...two, publishedAt: '2026-11-25T03:00:00Z', firstSeenAt: '2026-11-25T03:00:01Z' });
    await build([later, one]);
    const before = pointer().lastModified!;
    await build([one]);
    expect(Date.parse(pointer().lastModified!)).toBeGreaterThan(Date.parse(before));
    expect(text()).toContain(`<lastBuildDate>${new Date(pointer().lastModified!).toUTCString()}<`);
  });

  test('a format that fails keeps its last good file and does not stop the others', async () => {
    const { build, pointer } = setup();
    await build([one]);
    const good = pointer('atom');
    const broken = formats.map((format) => (format.name === 'atom' ? { ...format, entry: () => '<entry>' } : format));
    await expect(build([one, two], broken)).rejects.toThrow(/^Atom: article k3m9x2p7qa: .*unexpected close tag/s);
    expect(pointer('atom')).toEqual(good);
    expect(pointer('json').entries).toBe(2);
  });

  test('a pointer that does not read is written anew', async () => {
    const { build, pointer, contents } = setup();
    contents.set('feeds/latest.rss.json', Buffer.from('{"etag":'));
    await build([one]);
    expect(pointer().entries).toBe(1);
  });
});
