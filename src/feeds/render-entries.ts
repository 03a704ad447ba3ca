/** Entries as bytes: what was rendered before and is the same still is not rendered again. */
import { setImmediate } from 'node:timers/promises';
import { messageOf } from '#src/core/errors.ts';
import type { FeedDocument } from '#src/feeds/document.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';

export interface RenderedEntry {
  /** Of the entry it was made of. */
  key: string;
  bytes: Buffer;
}

/** By article, in the feed's order. */
export type RenderedEntries = ReadonlyMap<string, RenderedEntry>;

/** Entries worked on before others in the process get their turn. */
const atOnce = 32;

/** The entries of `document`; those of `before` whose key is the same are taken from there. */
export async function renderEntries(
  document: FeedDocument,
  format: FeedFormat,
  before: RenderedEntries = new Map(),
): Promise<RenderedEntries> {
  const rendered = new Map<string, RenderedEntry>();
  let fresh = 0;
  for (const { articleId, key, build } of document.entries) {
    const known = before.get(articleId);
    if (known?.key === key) rendered.set(articleId, known);
    else {
      const bytes = Buffer.from(format.entry(build(), document.details.language));
      rendered.set(articleId, { key, bytes });
      fresh += 1;
      if (fresh % atOnce === 0) await setImmediate();
    }
  }
  return rendered;
}

/**
 * Throws when the feed would not be well-formed. Each entry that `before` does not hold is looked at as the only one
 * in the feed: when each leaves the parser where it found it, all of them one after the other do.
 */
export async function checkEntries(
  document: FeedDocument,
  format: FeedFormat,
  entries: RenderedEntries,
  before: RenderedEntries = new Map(),
): Promise<void> {
  const [opening, closing] = [format.opening(document), format.closing(document)];
  format.verify(opening + closing);
  let checked = 0;
  for (const [articleId, entry] of entries) {
    if (before.get(articleId) === entry) continue;
    try {
      format.verify(opening + entry.bytes.toString() + closing);
    } catch (error) {
      throw new Error(`article ${articleId}: ${messageOf(error)}`, { cause: error });
    }
    checked += 1;
    if (checked % atOnce === 0) await setImmediate();
  }
}

/** The whole feed, in pieces to be written one after the other. */
export function feedChunks(document: FeedDocument, format: FeedFormat, entries: RenderedEntries): Uint8Array[] {
  const chunks: Uint8Array[] = [Buffer.from(format.opening(document))];
  const separator = Buffer.from(format.separator);
  for (const { bytes } of entries.values()) {
    if (separator.length > 0 && chunks.length > 1) chunks.push(separator);
    chunks.push(bytes);
  }
  chunks.push(Buffer.from(format.closing(document)));
  return chunks;
}
