import { describe, expect, test } from 'vitest';
import type { StoredArticle } from '#src/core/article.ts';
import type { FeedFile } from '#src/core/feed-file.ts';
import { feedBlobName } from '#src/core/feed-file.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { FeedSettings } from '#src/core/settings.ts';
import { buildFeed } from '#src/feeds/build-feed.ts';
import { buildDocument } from '#src/feeds/document.ts';
import { createEntryCache } from '#src/feeds/entry-cache.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import { formats } from '#src/feeds/registry.ts';
import type { RenderedEntries } from '#src/feeds/render-entries.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';
import { memoryFiles } from '#tests/fakes/memory-files.ts';
import { renderFeed } from '#tests/fakes/render-feed.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

interface Content {
  articles: StoredArticle[];
  feed?: Partial<FeedSettings>;
  publicUrl?: string;
  language?: string;
  photos?: (article: StoredArticle) => PhotoRecord[];
}

const documentOf = ({ articles, feed, publicUrl = 'https://loa.example', language = 'vi', photos }: Content) =>
  buildDocument({
    feed: feedSettings(feed),
    site: { ...site, language },
    publicUrl,
    entries: articles.map((article) => ({ article, photos: (photos ?? photoRecords)(article) })),
  });

/** Builds with one cache, and tells which articles were written and which looked at. */
function setup() {
  const { files, contents } = memoryFiles();
  const cache = createEntryCache();
  const written: string[] = [];
  let checked = 0;
  const watched = formats.map(
    (format): FeedFormat => ({
      ...format,
      entry(entry, language) {
        written.push(`${format.name} ${entry.details.articleId}`);
        return format.entry(entry, language);
      },
      verify(text) {
        checked += 1;
        format.verify(text);
      },
    }),
  );
  return {
    async build(content: Content) {
      written.length = checked = 0;
      const document = documentOf(content);
      await buildFeed(document, { files, formats: watched, cache });
      const served = formats.map((format) => {
        const pointer: FeedFile = JSON.parse(contents.get(`feeds/latest.${format.name}.json`)!.toString());
        const updated = new Date(pointer.lastModified!);
        Object.assign(document.options, { updated });
        const text = contents.get(feedBlobName(pointer.blob, 'raw'))!.toString();
        return { text, expected: renderFeed(format, document) };
      });
      expect(served.map(({ text }) => text)).toEqual(served.map(({ expected }) => expected));
      return { written: [...written], checked };
    },
  };
}

const articles = ['a', 'b', 'c'].map((id) =>
  storedArticle({ id: id.repeat(10), entryId: `tag:bao.example,2026-11-25:${id}`, headline: `Tin ${id}` }),
);
const [first, second, third] = articles as [StoredArticle, StoredArticle, StoredArticle];
const edited = storedArticle({ ...second, revision: 2, headline: 'Tin b, sửa', revisedAt: '2026-11-25T04:00:00.000Z' });
const inEveryFormat = (...ids: string[]) => formats.flatMap(({ name }) => ids.map((id) => `${name} ${id}`));

describe('built again', () => {
  test('with the same articles, nothing is written', async () => {
    const { build } = setup();
    expect((await build({ articles })).written).toEqual(inEveryFormat(...articles.map(({ id }) => id)));
    expect(await build({ articles })).toEqual({ written: [], checked: 0 });
  });

  test('after an edit, one entry is written and looked at', async () => {
    const { build } = setup();
    await build({ articles });
    expect(await build({ articles: [first, edited, third] })).toEqual({
      written: inEveryFormat(second.id),
      // The frame of the feed and the entry, in each format.
      checked: 2 * formats.length,
    });
  });

  test('in another order, with fewer or more entries, only new ones are written', async () => {
    const { build } = setup();
    await build({ articles: [first, second] });
    expect((await build({ articles: [third, second, first] })).written).toEqual(inEveryFormat(third.id));
    expect((await build({ articles: [first] })).written).toEqual([]);
    expect((await build({ articles: [] })).written).toEqual([]);
  });

  test.each<[string, Omit<Content, 'articles'>]>([
    ['the first photo came', { photos: photoRecords }],
    [
      'a photo has other files',
      { photos: (article) => photoRecords(article).map((one) => ({ ...one, hash: 'f'.repeat(40) })) },
    ],
    ['a photo has one more width', { photos: (article) => withWidth(photoRecords(article), 640) }],
    ['only summaries are wanted', { feed: { content: 'summary' } }],
    ['readers come to another address', { publicUrl: 'https://tin.example' }],
    ['the feed is in another language', { feed: { language: 'en' } }],
    ['the site is in another language', { language: 'th' }],
  ])('when %s, every entry is written anew', async (_, change) => {
    const { build } = setup();
    await build({ articles, photos: () => [] });
    const again = await build({ articles, photos: () => [], ...change });
    expect(again.written).toEqual(inEveryFormat(...articles.map(({ id }) => id)));
  });
});

function withWidth(records: PhotoRecord[], width: number): PhotoRecord[] {
  const file = { width, height: 400, format: 'jpeg' as const, bytes: 60_000 };
  return records.map((record) => ({ ...record, renditions: [...record.renditions, file] }));
}

describe('the cache', () => {
  const entriesOf = (count: number, bytes: number): RenderedEntries =>
    new Map(Array.from({ length: count }, (_, at) => [`${at}`, { key: `${at}`, bytes: Buffer.alloc(bytes) }]));

  test('keeps the newest entries and never more bytes than it may', () => {
    const cache = createEntryCache(1000);
    cache.keep('a', entriesOf(20, 100));
    expect([...cache.entries('a').keys()]).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
    cache.keep('b', entriesOf(1, 100));
    expect(cache.entries('b').size).toBe(0);
  });

  test('forgets what is no longer in the feed, and its room is free again', () => {
    const cache = createEntryCache(1000);
    cache.keep('a', entriesOf(10, 100));
    cache.keep('a', entriesOf(2, 100));
    cache.keep('b', entriesOf(8, 100));
    expect([cache.entries('a').size, cache.entries('b').size]).toEqual([2, 8]);
  });
});
