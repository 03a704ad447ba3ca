/** How an article stands on each feed and channel, and why not, in plain words: for the console and the trace. */
import type { StoredArticle } from '#src/core/article.ts';
import { type Delivery, isPaused } from '#src/core/delivery.ts';
import { mismatch } from '#src/core/only.ts';
import type { FeedSettings } from '#src/core/settings.ts';
import { formatDateTime, formatTime } from '#src/core/time.ts';

/** `attention`: a person has to act. */
export type Tone = 'good' | 'waiting' | 'attention' | 'none';

export interface FeedStanding {
  id: string;
  holds: boolean;
  /** Why not; null when it holds the article. */
  why: string | null;
}

export interface BuiltFeed {
  settings: FeedSettings;
  /** When its files were last written; null for never. */
  builtAt: number | null;
  error: string | null;
}

/** `newest`: all articles that feeds may show and that are newer than this one, and itself, newest first. */
export function feedStandings(
  article: StoredArticle,
  feeds: readonly BuiltFeed[],
  newest: readonly StoredArticle[],
): FeedStanding[] {
  return feeds.map((feed) => {
    const why = whyNotInFeed(article, feed, newest);
    return { id: feed.settings.id, holds: why === null, why };
  });
}

function whyNotInFeed(article: StoredArticle, feed: BuiltFeed, newest: readonly StoredArticle[]): string | null {
  const { only, items } = feed.settings;
  if (article.state === 'withdrawn') return 'the article was withdrawn';
  if (article.state === 'held') return 'a person holds the article';
  const unwanted = mismatch(only, article);
  if (unwanted !== null) return `not for this feed: ${unwanted}`;
  if (article.readyRevision === 0) return 'its photos are not done yet';
  const rank = newest.filter((other) => mismatch(only, other) === null).findIndex(({ id }) => id === article.id);
  if (rank < 0 || rank >= items) return `the feed holds the newest ${items} articles, and this one is older`;
  const isBuilt = feed.builtAt !== null && feed.builtAt >= Date.parse(article.firstSeenAt);
  if (!isBuilt && feed.error) return `the feed could not be built: ${feed.error}`;
  return isBuilt ? null : 'the feed is being built';
}

export interface ChannelStanding {
  tone: Tone;
  text: string;
  /** Of the post; null where it has none or is gone. */
  url: string | null;
}

/** `deliveries`: the article's on this channel. Without any, the channel came after the article. */
export function channelStanding(deliveries: readonly Delivery[], now: number, zone: string): ChannelStanding {
  const create = deliveries.find(({ op }) => op === 'create');
  if (!create) return { tone: 'none', text: 'Not posted: the channel is newer than the article', url: null };
  const later = deliveries.filter(({ op }) => op !== 'create').sort((a, b) => a.createdAt - b.createdAt);
  const [newest = null] = later.slice(-1);
  const text = [create, ...(newest ? [newest] : [])].map((one) => deliverySentence(one, now, zone)).join('. ');
  const isGone = newest?.op === 'withdraw' && newest.state === 'sent';
  return { tone: toneOf(newest ?? create), text, url: isGone ? null : (create.remote?.url ?? null) };
}

export function toneOf({ state }: Pick<Delivery, 'state'>): Tone {
  switch (state) {
    case 'sent':
      return 'good';
    case 'waiting':
    case 'sending':
    case 'retry':
      return 'waiting';
    case 'parked':
    case 'dead':
      return 'attention';
    default:
      return 'none';
  }
}

const words = {
  create: { done: 'Posted', not: 'Not posted', will: 'Goes out' },
  edit: { done: 'Corrected', not: 'Not corrected', will: 'The correction goes out' },
  withdraw: { done: 'Taken back', not: 'Not taken back', will: 'Is taken back' },
} as const;

/** `Posted at 09:31:12`, `Not posted: not for this channel: it takes section Thể thao`. */
export function deliverySentence(delivery: Delivery, now: number, zone: string): string {
  const { op, state, reason, dueAt, updatedAt } = delivery;
  const { done, not, will } = words[op];
  const because = reason ? `: ${reason}` : '';
  if (isPaused(delivery)) return `Waits for a person${because}`;
  switch (state) {
    case 'sent':
      return `${done} at ${moment(updatedAt, now, zone)}`;
    case 'sending':
      return 'Being sent now';
    case 'waiting':
      if (dueAt !== null && dueAt > now + farAhead) return `Waits for a person${because}`;
      if (dueAt !== null) return `${will} ${dueAt > now ? `at ${moment(dueAt, now, zone)}` : 'next'}${because}`;
      return reason ? `Waits: ${reason}` : op === 'create' ? 'Waits for its photos' : 'Waits for the post itself';
    case 'retry':
      return `Not through yet${because}; next try ${dueAt === null ? 'later' : `at ${moment(dueAt, now, zone)}`}`;
    case 'parked':
      return `Needs a person${because}`;
    case 'dead':
      return `Failed for good${because}`;
    case 'expired':
      return `${not}, too late by now${because}`;
    case 'cancelled':
      return `${not}, cancelled${because}`;
    case 'skipped':
      return `${not}${because}`;
  }
}

/** A due time beyond this is none: the row waits for approval. */
const farAhead = 365 * 86_400_000;

/** The time of day, with the date when it is another day. */
export function moment(at: number, now: number, zone: string): string {
  const isToday = formatDateTime(at, zone).slice(0, 10) === formatDateTime(now, zone).slice(0, 10);
  return isToday ? formatTime(at, zone) : formatDateTime(at, zone);
}
