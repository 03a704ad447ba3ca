/** A thousand items of 10 KB: written beside a plain string builder, and again after one of them changed. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { StoredArticle } from '#src/core/article.ts';
import { buildDocument, type FeedDocument } from '#src/feeds/document.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import { formats } from '#src/feeds/registry.ts';
import { checkEntries, feedChunks, type RenderedEntries, renderEntries } from '#src/feeds/render-entries.ts';
import type { Bench } from '#tests/bench/bench.ts';
import { interleave, wallTime } from '#tests/bench/interleave.ts';
import { longArticlePhotos, longArticles } from '#tests/bench/long-articles.ts';
import { plainWriters } from '#tests/bench/plain-feeds.ts';
import type { Report } from '#tests/bench/report.ts';
import { feedSettings, site } from '#tests/fakes/feed-settings.ts';

const items = longArticles(1000, 10_000).map((article) => ({ article, photos: longArticlePhotos(article) }));

export const benches: Bench[] = formats.map((format) => ({
  name: format.title,
  async run(report) {
    await measureWriting(format, report);
    await measureAgain(format, report);
    await measureTheRest(format, report);
  },
}));

/** The entries are understood already: what is measured is from there to bytes. */
async function measureWriting(format: FeedFormat, report: Report): Promise<void> {
  const document = buildDocument({ feed: feedSettings(), site, publicUrl: 'https://loa.example', entries: items });
  const entries = document.entries.map((entry) => entry.build());
  const writePlainly = plainWriters[format.name]!;
  const ours = Buffer.concat(await write(document, format));
  assert.equal(
    ours.toString(),
    Buffer.concat(writePlainly(document, entries)).toString(),
    'the plain writer writes other bytes',
  );

  document.items = entries;
  const measured = await interleave({
    ours: wallTime(() => write(document, format)),
    peer: wallTime(() => writePlainly(document, entries)),
    package: wallTime(() => Buffer.from(packageWriters[format.name]!(document))),
  });
  const name = `${format.title}, 1,000 items (${(ours.length / 1e6).toFixed(1)} MB) into buffers`;
  report.compare(name, { ...measured, unit: 'ms', bar: { atMost: 1.3 } });
  report.compare(`${format.title}, the writer of feed 6`, { ours: measured.package, peer: measured.peer, unit: 'ms' });
}

/** From the articles on, as a job builds a feed. */
async function measureAgain(format: FeedFormat, report: Report): Promise<void> {
  let edit = 1;
  let known: RenderedEntries = new Map();
  const build = async (before?: RenderedEntries): Promise<RenderedEntries> => {
    edit += 1;
    const changed = { ...items[500]!.article, revision: edit, headline: `Đò Cồn Én, sửa lần ${edit}` };
    const document = documentOf(changed);
    const entries = await renderEntries(document, format, before);
    feedChunks(document, format, entries);
    return entries;
  };
  known = await build();
  const { full, again } = await interleave({
    full: wallTime(() => build()),
    again: wallTime(async () => {
      known = await build(known);
    }),
  });
  const name = `${format.title}, again after one changed item, beside the full build`;
  report.compare(name, { ours: again, peer: full, unit: 'ms', bar: { atMost: 0.1 } });
}

async function measureTheRest(format: FeedFormat, report: Report): Promise<void> {
  const document = documentOf(items[500]!.article);
  const entries = await renderEntries(document, format);
  const before = new Map([...entries].filter(([articleId]) => articleId !== items[500]!.article.id));
  const bytes = Buffer.concat(feedChunks(document, format, entries));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
  const told = await interleave({
    'checking all of it': wallTime(() => checkEntries(document, format, entries)),
    'checking the one that changed': wallTime(() => checkEntries(document, format, entries, before)),
    hashing: wallTime(() => createHash('sha256').update(bytes).digest('hex')),
  });
  for (const [name, times] of Object.entries(told)) report.tell(`${format.title}, ${name}`, times, 'ms');
  const slow = await interleave(
    {
      'compressing with gzip': wallTime(() => promisify(gzip)(bytes, { level: 9 })),
      'compressing with Brotli': wallTime(() => promisify(brotliCompress)(bytes, { params })),
    },
    { runs: 3, warmups: 0 },
  );
  for (const [name, times] of Object.entries(slow))
    report.tell(`${format.title}, ${name}, off the main thread`, times, 'ms');
}

async function write(document: FeedDocument, format: FeedFormat): Promise<Uint8Array[]> {
  return feedChunks(document, format, await renderEntries(document, format));
}

function documentOf(changed: StoredArticle): FeedDocument {
  const entries = items.with(500, { ...items[500]!, article: changed });
  return buildDocument({ feed: feedSettings(), site, publicUrl: 'https://loa.example', entries });
}

const packageWriters: Readonly<Record<string, (document: FeedDocument) => string>> = {
  rss: (document) => document.rss2(),
  atom: (document) => document.atom1(),
  json: (document) => document.json1(),
};
