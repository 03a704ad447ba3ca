/** From a feed's bytes to what changed in it: all of a poll's work that grows with the feed. */
import type { ParsedFeed } from '#src/markup/parsed-feed.ts';
import { type Changes, findChanges } from '#src/sources/feed/changes.ts';
import type { Known } from '#src/sources/feed/cursor.ts';
import { understand } from '#src/sources/feed/understand.ts';

export interface FeedDocument {
  body: Uint8Array;
  contentType: string | null;
  /** Where it came from. */
  address: string;
  /** From the last poll; null before it. */
  known: Known | null;
  zone: string;
}

/** What the feed says of itself. */
export type FeedFacts = Omit<ParsedFeed, 'entries'>;

export interface ReadFeed {
  facts: FeedFacts;
  changes: Changes;
}

/** Throws a `UserError` for what is no feed. */
export function readDocument({ body, contentType, address, known, zone }: FeedDocument): ReadFeed {
  const { entries, ...facts } = understand(body, contentType, address);
  return { facts, changes: findChanges({ ...facts, entries }, known, zone) };
}
