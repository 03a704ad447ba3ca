import { createHash } from 'node:crypto';
import { type Validators, validatorsOf } from '#src/core/conditional.ts';
import { retryAfter } from '#src/core/retry-after.ts';
import type { Cursor } from '#src/core/signal.ts';
import type { HttpResponse } from '#src/core/tools.ts';
import { refusal } from '#src/sources/answers.ts';
import { elsewhere } from '#src/sources/elsewhere.ts';
import { askFeed, tellMove } from '#src/sources/feed/ask.ts';
import { findNews } from '#src/sources/feed/changes.ts';
import { type FeedCursor, newCursor, readCursor } from '#src/sources/feed/cursor.ts';
import { discoverFeeds } from '#src/sources/feed/discover.ts';
import { readEntry } from '#src/sources/feed/entry.ts';
import { hubOf } from '#src/sources/feed/hub.ts';
import { intervalAfter, paceOf } from '#src/sources/feed/pace.ts';
import type { FeedFacts } from '#src/sources/feed/read-document.ts';
import { readFeed } from '#src/sources/feed/read-large.ts';
import { type FeedSourceSettings, feedSettings } from '#src/sources/feed/settings.ts';
import { understand } from '#src/sources/feed/understand.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';

const day = 24 * 3_600_000;

/** RSS, Atom and JSON Feed, asked conditionally; entries that hold no full text are read from their page. */
export const feedSource: Source<FeedSourceSettings> = {
  kind: 'feed',
  settings: feedSettings,
  summary: 'An RSS, Atom or JSON feed; articles are read from their pages where the feed holds no full text.',
  describe: ({ url }) => url,
  poll: async (cursor, settings, tools) => ({
    ...(await pollFeed(cursor, settings, tools)),
    ...elsewhere(cursor, settings.url),
  }),
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
      interval: intervalAfter(known.pace, response, now),
      warnings: [],
    };
  };
  if (response.status === 304 && before) {
    // The very same cursor where nothing of it changed: it need not be stored again.
    return unchanged(before, isSameMove(moved, before.moved) ? cursor : { ...before, moved });
  }
  if (response.status !== 200) throw refusal(response, now, 'feed');

  const hash = createHash('sha256').update(response.body).digest('hex').slice(0, 32);
  const validators = renewed(validatorsOf(response.headers, now), before?.validators ?? null);
  if (before?.hash === hash) {
    const isSame = validators === before.validators && isSameMove(moved, before.moved);
    return unchanged(before, isSame ? cursor : { ...before, validators, moved });
  }

  const { facts, changes } = await readFeed(
    {
      body: response.body,
      contentType: response.headers['content-type'] ?? null,
      address: response.url,
      known: before,
      zone: tools.site.timezone,
    },
    tools,
  );
  const { refs, entries, warnings } = changes;
  const salvaged = facts.form === 'salvaged' ? (before?.salvaged ?? 0) + 1 : 0;
  if (salvaged === 1)
    tools.log.warn(`The feed at ${url} is broken: only the plainest parts of its entries could be saved`);
  const pace = await paceOf(facts.pace, entries, url, tools);
  const next = newCursor({ url, validators, hash, ...entries, moved, salvaged, pace });
  return {
    refs,
    cursor: { ...next },
    unchanged: refs.length === 0,
    notBefore,
    interval: intervalAfter(pace, response, now),
    ...toldHub(response, facts),
    warnings: [...warnings, ...formWarnings(facts, salvaged, url), ...(await tellMove(moved, url))],
  };
}

/** What was salvaged may have lost its hub. */
function toldHub(response: HttpResponse, facts: FeedFacts): Pick<PollResult, 'hub'> {
  const hub = hubOf(response, facts);
  return hub === null && facts.form === 'salvaged' ? {} : { hub };
}

/** The same ones stay as they are for a day, so that nothing is stored again for them. */
function renewed(given: Validators | null, before: Validators | null): Validators | null {
  const isSame = given?.etag === before?.etag && given?.lastModified === before?.lastModified;
  return isSame && (given === null || given.since - before!.since < day) ? before : given;
}

function absorbPart(
  { body, contentType }: Parameters<NonNullable<Source['absorb']>>[0],
  cursor: Cursor,
  { url }: FeedSourceSettings,
): PollResult {
  const before = readCursor(cursor, url);
  if (!before) throw new Error(`${url} was not polled yet`);
  const part = understand(body, contentType, before.moved?.to ?? url);
  const { refs, entries, warnings } = findNews(part, before, before.pace.zone);
  return { refs, cursor: { ...before, ...entries }, unchanged: refs.length === 0, notBefore: null, warnings };
}

const isSameMove = (a: FeedCursor['moved'], b: FeedCursor['moved']): boolean => a?.to === b?.to && a?.seen === b?.seen;

function formWarnings({ form, tooLong }: FeedFacts, salvaged: number, url: string): string[] {
  const told: string[] = [];
  if (form === 'mended') told.push(`the feed at ${url} is not well-formed and had to be mended; tell whoever runs it`);
  // Once may be a moment's accident.
  if (salvaged > 1) {
    told.push(
      `the feed at ${url} is broken, ${salvaged} times in a row: only the plainest parts of its entries could be saved; tell whoever runs it`,
    );
  }
  if (tooLong > 0) told.push(`${tooLong} entries of the feed at ${url} were left out: their texts have no end`);
  return told;
}
