/** Builds a feed's files so that whoever reads meanwhile sees the old one or the new one, whole. */
import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { messageOf } from '#src/core/errors.ts';
import { type FeedFile, feedBlobName, feedEncodings, feedFileName } from '#src/core/feed-file.ts';
import { type FeedDocument, withUpdated } from '#src/feeds/document.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';

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

/**
 * Unchanged content writes nothing. A format that fails leaves its previous file served and does not keep the others
 * from being built; the error thrown in the end names each.
 */
export async function buildFeed(
  document: FeedDocument,
  options: { files: FeedFiles; formats: readonly FeedFormat[] },
): Promise<BuildResult> {
  const changed: string[] = [];
  const failures: unknown[] = [];
  for (const format of options.formats) {
    try {
      if (await buildFormat(document, format, options.files)) changed.push(format.name);
    } catch (error) {
      failures.push(new Error(`${format.title}: ${messageOf(error)}`, { cause: error }));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(messageOf).join('; '));
  return { changed, entries: document.items.length };
}

async function buildFormat(document: FeedDocument, format: FeedFormat, files: FeedFiles): Promise<boolean> {
  const pointer = feedFileName(document.details.feedId, format.name);
  const previous = await readPointer(files, pointer);
  const etag = `W/"${digest(format.render(withUpdated(document, null)))}"`;
  if (previous?.etag === etag) return false;

  const lastModified = nextModified(document.options.updated ?? null, previous);
  const text = format.render(withUpdated(document, lastModified));
  format.verify(text);
  const blob = digest(text);
  const bytes = Buffer.from(text);
  await writeBlobs(files, blob, bytes);

  const file: FeedFile = {
    etag,
    lastModified: lastModified?.toISOString() ?? null,
    contentType: format.contentType,
    blob,
    previousBlob: previous && previous.blob !== blob ? previous.blob : null,
    bytes: bytes.length,
    entries: document.items.length,
  };
  await files.write(pointer, JSON.stringify(file));
  await removeOutdated(files, previous, file);
  return true;
}

async function readPointer(files: FeedFiles, name: string): Promise<FeedFile | null> {
  const content = await files.read(name);
  try {
    return content && JSON.parse(Buffer.from(content).toString());
  } catch {
    // A pointer that does not read is as good as none: it is written anew.
    return null;
  }
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

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 40);
}
