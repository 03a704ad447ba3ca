import type { Validators } from '#src/core/conditional.ts';
import type { Cursor } from '#src/core/signal.ts';

/** What the feed held at some time. */
export interface KnownEntry {
  id: string;
  stamp: string;
  url: string | null;
  title: string | null;
  /** Publication in milliseconds; null when it is not known exactly. */
  at: number | null;
}

export interface Known {
  /** In the feed's order, as last listed. */
  listed: KnownEntry[];
  /** Listed once, those that left last at the end. */
  earlier: KnownEntry[];
}

/** How often a feed is worth a look. */
export interface KnownPace {
  own: boolean;
  zone: string;
  gap: number | null;
  busyHours: number[];
  atLeast: number;
  skipHours: number[];
  skipDays: number[];
}

export interface FeedCursor extends Known {
  form: typeof form;
  /** As in the settings. */
  url: string;
  validators: Validators | null;
  /** Of the last body. */
  hash: string;
  /** Where it says it has moved for good, and how often in a row. */
  moved: { to: string; seen: number } | null;
  /** How often in a row it had to be salvaged. */
  salvaged: number;
  pace: KnownPace;
}

/** Grows when what is remembered changes its form. Only we write cursors: this one number is looked at in every poll. */
const form = 2;

export const newCursor = (remembered: Omit<FeedCursor, 'form'>): FeedCursor => ({ form, ...remembered });

/** What was remembered of this address; another address, or a form not known any more, starts anew. */
export function readCursor(cursor: Cursor, url: string): FeedCursor | null {
  return cursor?.['form'] === form && cursor['url'] === url ? (cursor as unknown as FeedCursor) : null;
}
