/** Nothing old is posted: how old a delivery is, and whether it may still go. */
import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { wakingTime } from '#src/core/pace.ts';
import type { PaceSettings } from '#src/core/settings.ts';
import { formatDuration } from '#src/core/time.ts';

/** A row with this reason passes the age limit and the quarantine: a person decided. */
export const sentByHand = 'a person asked for it to go all the same';

export function isSentByHand({ reason }: Pick<Delivery, 'reason'>): boolean {
  return reason?.startsWith(sentByHand) ?? false;
}

/** A new reason for a row that keeps a person's word. */
export function keepWord(before: string | null, reason: string): string {
  return isSentByHand({ reason: before }) ? `${sentByHand}; ${reason}` : reason;
}

/** Clocks differ this much without meaning anything. */
const slack = 10 * 60_000;

/** Before it, a date is a default or a slip, never a publication time of an article that is news. */
const earliest = Date.UTC(1990, 0);

type Dates = Pick<StoredArticle, 'publishedAt'>;
type Dated = Dates & { firstSeenAt: string };

export interface Aging {
  delivery: Pick<Delivery, 'op' | 'freeAt' | 'createdAt' | 'reason'>;
  article: Dated;
  pace: PaceSettings;
  now: number;
  /** The newsroom's. */
  zone: string;
}

/** Null while a delivery may go; else why it may not, in plain words. Only new posts age: corrections never come too late. */
export function ageVerdict({ delivery, article, pace, now, zone }: Aging): string | null {
  if (delivery.op !== 'create' || isSentByHand(delivery)) return null;
  const born = releasedAt(article) ?? bornAt(article, zone);
  const free = Math.max(delivery.freeAt ?? delivery.createdAt, born);
  const age = wakingTime(free, now, pace.quiet, zone);
  if (age > pace.maxAge) {
    return `it waited ${formatDuration(age)} since it was free to go, and this channel posts nothing older than ${formatDuration(pace.maxAge)}`;
  }
  if (now - born > pace.maxAgeTotal) {
    return `the article is ${formatDuration(now - born)} old, and this channel posts nothing older than ${formatDuration(pace.maxAgeTotal)}`;
  }
  return null;
}

/** The end of the embargo under which the article came: it is not old before it may go out. Null without one. */
function releasedAt({ publishedAt, firstSeenAt }: Dated): number | null {
  return embargoedUntil(publishedAt, Date.parse(firstSeenAt));
}

/**
 * When the article's age begins: the earlier of published and first seen. A date without a time or at exactly midnight
 * (most portals' way of writing a bare date), one in the future or one that cannot be counts from first seen.
 */
export function bornAt(article: Dated, zone: string): number {
  const seen = Date.parse(article.firstSeenAt);
  const published = publicationTime(article.publishedAt);
  if (published === null || published > seen || isMidnight(published, zone)) return seen;
  return published;
}

/** The time the newsroom wants it out, when that is clearly ahead: an embargo. Null without one. */
export function embargoedUntil(publishedAt: string | null, now: number): number | null {
  const published = publicationTime(publishedAt);
  const longest = 48 * 3_600_000;
  return published !== null && published > now + slack && published <= now + longest ? published : null;
}

/** Whether another reading moves the time for which an article still waits; one that gives no time moves nothing. */
export function isEmbargoMoved(before: Dates, after: Dates, now: number): boolean {
  const until = embargoedUntil(before.publishedAt, now);
  return until !== null && after.publishedAt !== null && embargoedUntil(after.publishedAt, now) !== until;
}

function publicationTime(publishedAt: string | null): number | null {
  const published = Date.parse(publishedAt ?? '');
  return Number.isFinite(published) && published >= earliest ? published : null;
}

function isMidnight(at: number, zone: string): boolean {
  const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  return zoned.hour === 0 && zoned.minute === 0 && zoned.second === 0;
}
