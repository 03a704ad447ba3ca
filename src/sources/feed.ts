import { createHash } from 'node:crypto';
import { validatorsOf } from '#src/core/conditional.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { Cursor } from '#src/core/signal.ts';
import type { ParsedFeed } from '#src/markup/parsed-feed.ts';
import { refusal } from '#src/sources/answers.ts';
import { askFeed, tellMove } from '#src/sources/feed/ask.ts';
import { findChanges, findNews } from '#src/sources/feed/changes.ts';
import { type FeedCursor, knownEntries, readCursor } from '#src/sources/feed/cursor.ts';
import { discoverFeeds } from '#src/sources/feed/discover.ts';
import { readEntry } from '#src/sources/feed/entry.ts';
import { hubOf } from '#src/sources/feed/hub.ts';
import { intervalAfter, paceOf } from '#src/sources/feed/pace.ts';
import { type FeedSourceSettings, feedSettings } from '#src/sources/feed/settings.ts';
import { understand } from '#src/sources/feed/understand.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';

/** RSS, Atom and JSON Feed, asked conditionally; entries that hold no full text are read from their page. */
export const feedSource: Source<FeedSourceSettings> = {
  kind: 'feed',
  settings: feedSettings,
  summary: 'An RSS, Atom or JSON feed; articles are read from their pages where the feed holds no full text.',
  describe: ({ url }) => url,
  poll: pollFeed,
  read: readEntry,
  absorb: absorbPart,
  discover: discoverFeeds,
};

async function pollFeed(cursor: Cursor, { url }: FeedSourceSettings, tools: SourceTools): Promise<PollResult> {
  const before = readCursor(cursor, url);
  const { response, moved } = await askFeed(before, url, tools);
  const now = tools.clock.now();
  const notBefore = retryAfter(response.headers, now);
  const unchanged = (known: FeedCursor, next: Cursor): PollResult => {
    return {
      refs: [],
      cursor: next,
      unchanged: true,
      notBefore,
      ...intervalAfter(known.pace, response, now),
      warnings: [],
    };
  };
  if (response.status === 304 && before) {
    // The very same cursor where nothing of it changed: it need not be stored again.
    return unchanged(before, isSameMove(moved, before.moved) ? cursor : { ...before, moved });
  }
  if (response.status !== 200) throw refusal(response, now, 'feed');

  const hash = createHash('sha256').update(response.body).digest('hex').slice(0, 32);
  const validators = validatorsOf(response.headers, now);
  if (before?.hash === hash) return unchanged(before, { ...before, validators, moved });

  const feed = understand(response.body, response.headers['content-type'] ?? null, response.url);
  const { refs, entries, warnings } = findChanges(feed, knownEntries(before), tools.site.timezone);
  const broken = feed.form === 'sound' ? 0 : (before?.broken ?? 0) + 1;
  const pace = await paceOf(feed.pace, entries, url, tools);
  const next: FeedCursor = { url, validators, hash, ...entries, moved, broken, pace };
  return {
    refs,
    cursor: { ...next },
    unchanged: refs.length === 0,
    notBefore,
    ...intervalAfter(pace, response, now),
    hub: hubOf(response, feed),
    warnings: [...warnings, ...formWarnings(feed, broken, url), ...(await tellMove(moved, url))],
  };
}

function absorbPart(
  { body, contentType }: Parameters<NonNullable<Source['absorb']>>[0],
  cursor: Cursor,
  { url }: FeedSourceSettings,
): PollResult {
  const before = readCursor(cursor, url);
  const known = knownEntries(before);
  if (!before || !known) throw new Error(`${url} was not polled yet`);
  const part = understand(body, contentType, before.moved?.to ?? url);
  const { refs, entries, warnings } = findNews(part, known, before.pace?.zone ?? 'UTC');
  return { refs, cursor: { ...before, ...entries }, unchanged: refs.length === 0, notBefore: null, warnings };
}

const isSameMove = (a: FeedCursor['moved'], b: FeedCursor['moved']): boolean => a?.to === b?.to && a?.seen === b?.seen;

function formWarnings({ form, tooLong }: ParsedFeed, broken: number, url: string): string[] {
  const told: string[] = [];
  // Once may be a moment's accident.
  if (broken > 1) {
    const saved = form === 'mended' ? 'it had to be mended' : 'only the plainest parts of its entries could be saved';
    told.push(`the feed at ${url} is not well-formed, ${broken} times in a row: ${saved}; tell whoever runs it`);
  }
  if (tooLong > 0) told.push(`${tooLong} entries of the feed at ${url} were left out: their texts have no end`);
  return told;
}
