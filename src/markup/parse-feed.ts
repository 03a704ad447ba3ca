import { parseFeed as parseAny } from 'feedsmith';
import { atomFeed, jsonFeed, rssFeed } from '#src/markup/feed-model.ts';
import { inspectJson } from '#src/markup/inspect-json.ts';
import { inspectXml } from '#src/markup/inspect-xml.ts';
import { mendXml } from '#src/markup/mend-xml.ts';
import type { ParsedFeed } from '#src/markup/parsed-feed.ts';

/** Not a feed, or one that is not taken; the message says why. */
export class FeedUnreadable extends Error {}

/**
 * RSS (0.9x, 1.0, 2.0), Atom or JSON Feed. `address` is where it came from: relative addresses start there. XML that is
 * not well-formed is mended once. Throws `FeedUnreadable`.
 */
export function parseFeed(text: string, address: string): ParsedFeed {
  const trimmed = text.trimStart();
  if (trimmed.startsWith('{')) {
    const refused = inspectJson(trimmed);
    if (refused) throw new FeedUnreadable(refused);
    return { ...jsonFeed(read(trimmed), address), deleted: [], mended: false };
  }
  const { refused, deleted } = inspectXml(trimmed);
  if (refused) throw new FeedUnreadable(refused);
  try {
    return { ...toModel(read(trimmed), address), deleted, mended: false };
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    const mended = mendXml(trimmed);
    if (mended === trimmed) throw error;
    return { ...toModel(read(mended), address), deleted, mended: true };
  }
}

type AnyFeed = ReturnType<typeof parseAny>;

function read(input: string): AnyFeed {
  try {
    return parseAny(input);
  } catch (error) {
    const cause = (error as { cause?: Error }).cause;
    throw new FeedUnreadable(`it is not a feed that can be read: ${cause?.message ?? (error as Error).message}`, {
      cause: error,
    });
  }
}

function toModel(parsed: AnyFeed, address: string) {
  switch (parsed.format) {
    case 'json':
      return jsonFeed(parsed, address);
    case 'atom':
      return atomFeed(parsed.feed, address);
    default:
      return rssFeed(parsed.feed, address);
  }
}
