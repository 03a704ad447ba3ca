import { createHash } from 'node:crypto';
import { conditionalHeaders, validatorsOf } from '#src/core/conditional.ts';
import { UserError } from '#src/core/errors.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { Cursor } from '#src/core/signal.ts';
import { decodeText } from '#src/markup/charset.ts';
import { feedLinks, isHtml } from '#src/markup/feed-links.ts';
import { FeedUnreadable, parseFeed } from '#src/markup/parse-feed.ts';
import type { ParsedFeed } from '#src/markup/parsed-feed.ts';
import { refusal } from '#src/sources/answers.ts';
import { findChanges } from '#src/sources/feed/changes.ts';
import { type FeedCursor, readCursor } from '#src/sources/feed/cursor.ts';
import { readEntry } from '#src/sources/feed/entry.ts';
import { type FeedSourceSettings, feedSettings } from '#src/sources/feed/settings.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';

const largestFeed = 15 * 1024 * 1024;
const accept = 'application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5';

/** RSS, Atom and JSON Feed, asked conditionally; entries that hold no full text are read from their page. */
export const feedSource: Source<FeedSourceSettings> = {
  kind: 'feed',
  settings: feedSettings,
  summary: 'An RSS, Atom or JSON feed; articles are read from their pages where the feed holds no full text.',
  describe: ({ url }) => url,
  poll: pollFeed,
  read: readEntry,
};

async function pollFeed(cursor: Cursor, { url }: FeedSourceSettings, tools: SourceTools): Promise<PollResult> {
  const before = readCursor(cursor, url);
  const now = tools.clock.now();
  const response = await tools.http.request({
    url,
    headers: { accept, ...conditionalHeaders(before?.validators ?? null, now) },
    maxBytes: largestFeed,
    redirects: 5,
    operatorUrl: true,
    signal: tools.signal,
  });
  const notBefore = retryAfter(response.headers, now);
  const unchanged = (next: FeedCursor | null): PollResult => ({
    refs: [],
    cursor: { ...next },
    unchanged: true,
    notBefore,
    warnings: [],
  });
  if (response.status === 304 && before) return unchanged(before);
  if (response.status !== 200) throw refusal(response, now, 'feed');

  const hash = createHash('sha256').update(response.body).digest('hex').slice(0, 32);
  const validators = validatorsOf(response.headers, now);
  if (before?.hash === hash) return unchanged({ ...before, validators });

  const feed = understand(decodeText(response.body, response.headers['content-type'] ?? null), response.url);
  const { refs, entries, warnings } = findChanges(feed, before);
  if (feed.mended) warnings.push(`the feed at ${url} is not well-formed and had to be mended; tell whoever runs it`);
  if (response.movedTo)
    warnings.push(`the feed has moved for good to ${response.movedTo}; change its url in the settings`);
  const next: FeedCursor = { url, validators, hash, ...entries };
  return { refs, cursor: { ...next }, unchanged: refs.length === 0, notBefore, warnings };
}

function understand(text: string, address: string): ParsedFeed {
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
