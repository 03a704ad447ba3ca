/** Builds a feed's files so that whoever reads meanwhile sees the old one or the new one, whole. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { messageOf } from '#src/core/errors.ts';
import { type FeedFile, feedBlobName, feedEncodings, feedFileName, parseFeedFile } from '#src/core/feed-file.ts';
import { type FeedDocument, withUpdated } from '#src/feeds/document.ts';
import { createEntryCache, type EntryCache } from '#src/feeds/entry-cache.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import { checkEntries, feedChunks, renderEntries } from '#src/feeds/render-entries.ts';

/** The part of the file store that is needed here. */
export interface FeedFiles {
  read(name: string): Promise<Uint8Array | null>;
  write(name: string, content: Uint8Array | string): Promise<void>;
  remove(name: string): Promise<void>;
}

export interface BuildResult {
  /** Names of the formats whose content changed. */
  changed: string[];
  entries: number;
}

export interface BuildOptions {
  files: FeedFiles;
  formats: readonly FeedFormat[];
  /** The same at each build; without it every entry is rendered anew. */
  cache?: EntryCache;
}

/**
 * Unchanged content writes nothing. A format that fails leaves its previous file served and does not keep the others
 * from being built; the error thrown in the end names each.
 */
export async function buildFeed(document: FeedDocument, options: BuildOptions): Promise<BuildResult> {
  const { files, formats, cache = createEntryCache() } = options;
  const changed: string[] = [];
  const failures: unknown[] = [];
  for (const format of formats) {
    try {
      if (await buildFormat(document, format, files, cache)) changed.push(format.name);
    } catch (error) {
      failures.push(new Error(`${format.title}: ${messageOf(error)}`, { cause: error }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(messageOf).join('; '));
  return { changed, entries: document.entries.length };
}

async function buildFormat(
  document: FeedDocument,
  format: FeedFormat,
  files: FeedFiles,
  cache: EntryCache,
): Promise<boolean> {
  const pointer = feedFileName(document.details.feedId, format.name);
  const previous = await readPointer(files, pointer);
  const known = cache.entries(pointer);
  const entries = await renderEntries(document, format, known);
  const etag = `W/"${digest(feedChunks(withUpdated(document, null), format, entries))}"`;
  if (previous?.etag === etag) {
    // The bytes that are served: they were checked when they were written.
    cache.keep(pointer, entries);
    return false;
  }

  const lastModified = nextModified(document.options.updated ?? null, previous);
  const dated = withUpdated(document, lastModified);
  await checkEntries(dated, format, entries, known);
  cache.keep(pointer, entries);
  const bytes = Buffer.concat(feedChunks(dated, format, entries));
  const blob = digest([bytes]);
  await writeBlobs(files, blob, bytes);

  const file: FeedFile = {
    etag,
    lastModified: lastModified?.toISOString() ?? null,
    contentType: format.contentType,
    blob,
    previousBlob: previous && previous.blob !== blob ? previous.blob : null,
    bytes: bytes.length,
    entries: document.entries.length,
  };
  await files.write(pointer, JSON.stringify(file));
  await removeOutdated(files, previous, file);
  return true;
}

async function readPointer(files: FeedFiles, name: string): Promise<FeedFile | null> {
  const content = await files.read(name);
  return content && parseFeedFile(Buffer.from(content).toString());
}

/**
 * Whole seconds, as HTTP has them, and never back: the newest entry's time may be older than before when an entry was
 * withdrawn, and a reader that only compares dates would keep the old feed.
 */
function nextModified(updated: Date | null, previous: FeedFile | null): Date | null {
  const newest = updated && Math.floor(updated.getTime() / 1000) * 1000;
  const before = previous?.lastModified ? Date.parse(previous.lastModified) : null;
  if (before === null) return newest === null ? null : new Date(newest);
  return new Date(newest !== null && newest > before ? newest : before + 1000);
}

async function writeBlobs(files: FeedFiles, blob: string, bytes: Buffer): Promise<void> {
  // Once at build time, so that a thousand readers cost no more than one.
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(bytes, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 7, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
    }),
    promisify(gzip)(bytes, { level: 9 }),
  ]);
  const contents = { raw: bytes, br, gz };
  for (const encoding of feedEncodings) await files.write(feedBlobName(blob, encoding), contents[encoding]);
}

/** The bytes just replaced stay for readers that hold the old pointer; those before them go. */
async function removeOutdated(files: FeedFiles, previous: FeedFile | null, current: FeedFile): Promise<void> {
  const outdated = previous?.previousBlob;
  if (!outdated || outdated === current.blob || outdated === current.previousBlob) return;
  for (const encoding of feedEncodings) await files.remove(feedBlobName(outdated, encoding));
}

function digest(chunks: readonly Uint8Array[]): string {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex').slice(0, 40);
}
