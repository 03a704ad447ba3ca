/** Sources' cursors and what their polls found, until it is read. */
import type { ReadingStep, ToldReading } from '#src/core/reading-story.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';

export interface SourceState {
  sourceId: string;
  cursor: Cursor;
  /** When the first successful poll was stored; null before it. Milliseconds, as all times here. */
  baselineAt: number | null;
  lastPollAt: number | null;
  lastSuccessAt: number | null;
  nextPollAt: number;
  failures: number;
  lastError: string | null;
}

/** A reference that waits to be read, or how its reading ended. */
export interface Reading {
  id: string;
  sourceId: string;
  ref: ArticleRef;
  /** Found by the source's first poll. */
  baseline: boolean;
  /** `held`: not read until a person decides. */
  state: 'due' | 'done' | 'failed' | 'held';
  dueAt: number;
  attempts: number;
  error: string | null;
  /** Times in a row the article's page answered 404, and since when. */
  goneCount: number;
  goneSince: number | null;
  /** When a poll first found it. */
  foundAt: number;
  /** Why a person is asked; `seen`: it is read, and by a person's word not posted. */
  held: Hold | 'seen' | null;
  /** What happened to it, oldest first. */
  story: ReadingStep[];
}

/** `shift`: known stories came under new ids, it waits unread. `burst`: it is read, its posts wait. */
export type Hold = 'shift' | 'burst';

/**
 * `repeated`: this message was taken before; `overtaken`: the cursor has moved. Both: nothing was written. `late`: ids of
 * articles of which something newer stands there.
 */
export type Recorded =
  | { kind: 'taken'; readings: Reading[]; late: string[] }
  | { kind: 'repeated' }
  | { kind: 'overtaken' };

export interface SourceStore {
  /** Creates the row on first sight. */
  state(sourceId: string, now: number): Promise<SourceState>;
  all(): Promise<SourceState[]>;
  /**
   * The cursor, and a reading per reference whose stamp differs from the last one stored for it. Thousands are written
   * in slices, a transaction each, the cursor with the last: it is never ahead of the readings.
   * Gives the readings this made due, in the order of `refs`. The first call of a source makes them baseline. What is
   * `gone` counts only where it became an article that is not withdrawn.
   */
  recordPoll(poll: {
    sourceId: string;
    refs: ArticleRef[];
    cursor: Cursor;
    now: number;
    nextPollAt: number;
    /** By external id: new references that a person decides of. */
    holds?: ReadonlyMap<string, Hold>;
    /** It found another place: baseline, as at the first poll. */
    anew?: boolean;
    /** When this poll was due: where that has changed since, somebody wants one more (`pollSoon`). */
    plannedAt?: number;
  }): Promise<Reading[]>;
  /**
   * A poll without news, which a crash may undo: then it is repeated. `cursor` only where it changed. Not the first
   * poll of a source.
   */
  recordUnchanged(poll: {
    sourceId: string;
    cursor?: Cursor;
    now: number;
    nextPollAt: number;
    plannedAt?: number;
  }): Promise<void>;
  /**
   * Durable, one transaction, by the rules of `recordPoll`: what a message pushed or a hub told. Never baseline, and the
   * next poll stays when it was. `cursor`: moved along unless a poll has moved it since `before` was read.
   */
  recordTold(told: {
    sourceId: string;
    refs: ArticleRef[];
    now: number;
    messageId?: string;
    cursor?: { before: Cursor; next: Cursor };
    holds?: ReadonlyMap<string, Hold>;
  }): Promise<Recorded>;
  /** The next poll is due at once, also while one is under way. */
  pollSoon(sourceId: string, now: number): Promise<void>;
  recordPollFailure(failure: { sourceId: string; error: string; now: number; nextPollAt: number }): Promise<void>;
  reading(id: string): Promise<Reading | null>;
  /** By its id, what its source calls it, or its address. */
  findReadings(of: string): Promise<Reading[]>;
  /** Whether its source has just told of its headline or address under another name, and that is not read yet. */
  comesAnew(reading: Pick<Reading, 'id' | 'sourceId' | 'ref'>): Promise<boolean>;
  /** Those that led to an article, by all its sources; the oldest first. */
  readingsOf(articleId: string): Promise<Reading[]>;
  /** On the disk before the work begins: how often it was begun since it was last read, refused or let go. */
  beginReading(id: string): Promise<number>;
  /** It was cut off in good order. */
  letReadingGo(id: string): Promise<void>;
  /** Of these sources; of all without `sourceIds`. */
  dueReadings(now: number, limit: number, sourceIds?: readonly string[]): Promise<Reading[]>;
  /** When its page is looked at again; null: no more. */
  planLook(id: string, at: number | null): Promise<void>;
  /** Read, and to be looked at again by now; of these sources, or of all. */
  dueLooks(now: number, limit: number, sourceIds?: readonly string[]): Promise<Reading[]>;
  /** With `stamp`, that of the reference that was read: false, and not finished, when there is a newer one meanwhile. */
  finishReading(
    id: string,
    now: number,
    stamp?: string,
    step?: Omit<ReadingStep, 'at'>,
    /** `missing`: nothing stands at its address, so that it vouches for no article. */
    page?: 'missing',
  ): Promise<boolean>;
  /** `retryAt` null: failed for good, kept with its error. `stamp` as in `finishReading`. */
  failReading(
    id: string,
    failure: { error: string; retryAt: number | null; now: number; stamp?: string },
  ): Promise<void>;
  /** A 404: one more in a row; gives count and since when. */
  countGone(id: string, now: number, nextLookAt: number): Promise<{ count: number; since: number }>;
}

/** As its story is told. */
export function toldReading({ id, sourceId, ref, state, held, dueAt, story }: Reading): ToldReading {
  const { externalId, title, url } = ref;
  return { id, sourceId, externalId, title, url, state, held, dueAt, story };
}
