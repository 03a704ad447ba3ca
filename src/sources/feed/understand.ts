import { UserError } from '#src/core/errors.ts';
import { decodeText } from '#src/markup/charset.ts';
import { feedLinks, isHtml } from '#src/markup/feed-links.ts';
import { FeedUnreadable, parseFeed } from '#src/markup/parse-feed.ts';
import type { ParsedFeed } from '#src/markup/parsed-feed.ts';

/** Bytes as a feed, or a `UserError` that says what they are instead. */
export function understand(body: Uint8Array, contentType: string | null, address: string): ParsedFeed {
  if (body.length === 0) throw new UserError(`${address} answered with nothing at all (200, 0 bytes)`);
  const text = decodeText(body, contentType);
  try {
    return parseFeed(text, address);
  } catch (error) {
    if (!(error instanceof FeedUnreadable)) throw error;
    if (!isHtml(text)) throw new UserError(`${address} does not hold a feed: ${error.message}`, { cause: error });
    const links = feedLinks(text, address);
    throw new UserError(`${address} answers with a web page, not with a feed`, {
      next:
        links.length > 0
          ? `That page names this feed: ${links.join(', ')}`
          : 'Look on the site for the address of its RSS feed.',
      cause: error,
    });
  }
}
