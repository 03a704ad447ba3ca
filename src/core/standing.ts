/** How an article stands on each feed and channel, and why not, in plain words: for the console and the trace. */
import type { StoredArticle } from '#src/core/article.ts';
import { actOf, type Delivery, isCarried, isPaused, isSought } from '#src/core/delivery.ts';
import { fill } from '#src/core/fill.ts';
import { mismatch } from '#src/core/only.ts';
import type { FeedSettings } from '#src/core/settings.ts';
import { englishStory, type StoryWords } from '#src/core/story-words.ts';
import { formatDateTime, formatTime } from '#src/core/time.ts';
import { tellReason } from '#src/core/told-reason.ts';

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
  /** Ids of the articles that its next build puts in. */
  articleIds: ReadonlySet<string>;
}

export function feedStandings(
  article: StoredArticle,
  feeds: readonly BuiltFeed[],
  words: StoryWords = englishStory,
): FeedStanding[] {
  return feeds.map((feed) => {
    const why = whyNotInFeed(article, feed, words);
    return { id: feed.settings.id, holds: why === null, why };
  });
}

function whyNotInFeed(article: StoredArticle, feed: BuiltFeed, words: StoryWords): string | null {
  if (!feed.articleIds.has(article.id)) return whyLeftOut(article, feed.settings, words);
  const isBuilt = feed.builtAt !== null && feed.builtAt >= Date.parse(article.firstSeenAt);
  if (!isBuilt && feed.error) return fill(words.feedFailed, { why: tellReason(feed.error, words.reasons) });
  return isBuilt ? null : words.feedBuilding;
}

function whyLeftOut(article: StoredArticle, { only, items }: FeedSettings, words: StoryWords): string {
  if (article.state === 'withdrawn') return words.feedWithdrawn;
  if (article.state === 'held') return words.feedHeld;
  const unwanted = mismatch(only, article);
  if (unwanted !== null) return fill(words.feedNotFor, { why: tellReason(unwanted, words.reasons) });
  return article.readyRevision === 0 ? words.feedNotReady : fill(words.feedOlder, { n: items });
}

export interface ChannelStanding {
  tone: Tone;
  text: string;
  /** Of the post; null where it has none or is gone. */
  url: string | null;
}

/** `deliveries`: the article's on this channel. Without any, the channel came after the article. */
export function channelStanding(deliveries: readonly Delivery[], telling: Telling): ChannelStanding {
  const create = deliveries.find(({ op }) => op === 'create');
  const { words = englishStory } = telling;
  if (!create) return { tone: 'none', text: words.channelIsNewer, url: null };
  const creates = deliveries.filter(({ op }) => op === 'create');
  if (creates.length > 1) return partsStanding(creates, words);
  const later = deliveries
    .filter((one) => one.op !== 'create' && !isCarried(one, deliveries))
    .sort((a, b) => a.createdAt - b.createdAt);
  const [newest = null] = later.slice(-1);
  const text = [create, ...(newest ? [newest] : [])].map((one) => deliverySentence(one, telling)).join('. ');
  const isGone = newest?.op === 'withdraw' && !newest.asReply && newest.state === 'sent';
  return { tone: toneOf(newest ?? create), text, url: isGone ? null : (create.remote?.url ?? null) };
}

/** Where each reader has a post of their own: how many, and the worst of all tones. */
function partsStanding(creates: readonly Delivery[], words: StoryWords): ChannelStanding {
  const n = creates.filter(({ state }) => state === 'sent').length;
  const tones = creates.map(toneOf);
  const tone = (['attention', 'waiting', 'good'] as const).find((one) => tones.includes(one)) ?? 'none';
  return { tone, text: fill(words.sentToParts, { n, all: creates.length }), url: null };
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

/** When and where a story is told, and in which words; English when left out. */
export interface Telling {
  now: number;
  /** IANA zone of the newsroom. */
  zone: string;
  words?: StoryWords;
}

/** `Posted at 09:31:12`, `Not posted: not for this channel: it takes section Thể thao`. */
export function deliverySentence(delivery: Delivery, telling: Telling): string {
  const { state, reason, dueAt, updatedAt } = delivery;
  const { now, words = englishStory } = telling;
  const act = actOf(delivery);
  const because = reason ? fill(words.because, { why: tellReason(reason, words.reasons) }) : '';
  const at = (time: number) => moment(time, telling);
  if (isPaused(delivery)) return `${words.waitsForPerson}${because}`;
  switch (state) {
    case 'sent':
      return `${fill(words.sentAt[act], { time: at(updatedAt) })}${because}`;
    case 'sending':
      return words.sending;
    case 'waiting':
      if (dueAt !== null && dueAt > now + farAhead) return `${words.waitsForPerson}${because}`;
      if (dueAt !== null && dueAt > now) return `${fill(words.goesAt[act], { time: at(dueAt) })}${because}`;
      if (dueAt !== null) return `${words.goesNext[act]}${because}`;
      return reason ? `${words.waits}${because}` : act === 'create' ? words.waitsForPhotos : words.waitsForPost;
    case 'retry':
      if (dueAt !== null && isSought(delivery)) return fill(words.soughtAt, { because, time: at(dueAt) });
      return dueAt === null ? fill(words.retryLater, { because }) : fill(words.retryAt, { because, time: at(dueAt) });
    case 'parked':
      return `${words.parked}${because}`;
    case 'dead':
      return `${words.dead}${because}`;
    case 'expired':
      return `${fill(words.tooLate, { not: words.not[act] })}${because}`;
    case 'cancelled':
      return `${fill(words.cancelled, { not: words.not[act] })}${because}`;
    case 'skipped':
      return `${words.not[act]}${because}`;
  }
}

/** A due time beyond this is none: the row waits for approval. */
const farAhead = 365 * 86_400_000;

/** The time of day, with the date when it is another day. */
function moment(at: number, { now, zone, words = englishStory }: Telling): string {
  const time = formatTime(at, zone);
  const [date = '', minute = ''] = formatDateTime(at, zone).split(' ');
  if (formatDateTime(now, zone).startsWith(date)) return time;
  const [year = '', month = '', day = ''] = date.split('-');
  return fill(words.onDay, { date, year, month, day, time: minute });
}
