import { createHash } from 'node:crypto';
import { readDate } from '#src/core/date.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { tidy } from '#src/core/text.ts';
import type { ParsedEntry, ParsedFeed } from '#src/markup/parsed-feed.ts';
import type { FeedCursor, KnownEntry } from '#src/sources/feed/cursor.ts';
import type { EntryPayload } from '#src/sources/feed/entry.ts';

export interface Changes {
  /** Oldest first, as they are to be read. */
  refs: ArticleRef[];
  entries: Pick<FeedCursor, 'listed' | 'earlier'>;
  warnings: string[];
}

const mostRemembered = 1000;
const goneStamp = 'gone';

/** What a feed holds that it did not hold like this before, and what vanished from its middle. */
export function findChanges(feed: ParsedFeed, before: FeedCursor | null): Changes {
  const known = new Map([...(before?.earlier ?? []), ...(before?.listed ?? [])].map((entry) => [entry.id, entry]));
  if (feed.entries.length === 0 && before?.listed.length) {
    const warnings = ['the feed is empty, though it was not before; what it held is kept'];
    return { refs: [], entries: { listed: before.listed, earlier: before.earlier }, warnings };
  }

  const entries = identify(feed.entries);
  const listed = [...entries].map(([id, entry]) => toKnown(id, entry));
  const renamed = new Map(
    [...known.values()].filter(({ id, url }) => url && !entries.has(id)).map((entry) => [entry.url, entry]),
  );
  const changed = listed
    // A known address and content under a new id: the site changed its ids, not its articles.
    .filter(({ id, stamp, url }) => known.get(id)?.stamp !== stamp && renamed.get(url)?.stamp !== stamp)
    .map((entry) => changedRef(entry, entries.get(entry.id)!));

  const { gone, warnings } = findGone(feed, listed, before);
  const goneIds = new Set(gone.map(({ externalId }) => externalId));
  const listedIds = new Set(listed.map(({ id }) => id));
  const earlier = [...known.values()]
    .filter(({ id }) => !listedIds.has(id))
    // Should it come back as it was, that is a change.
    .map((entry) => (goneIds.has(entry.id) ? { ...entry, stamp: goneStamp } : entry));
  return {
    refs: [...changed.reverse(), ...gone],
    entries: { listed, earlier: earlier.slice(-Math.max(mostRemembered - listed.length, 0)) },
    warnings,
  };
}

/** Entries by id: its own, else its address, else its content; with the address where several share one id. */
function identify(entries: ParsedEntry[]): Map<string, ParsedEntry> {
  const own = entries.map((entry) => entry.id ?? entry.url ?? contentStamp(entry));
  const counts = Map.groupBy(own, (id) => id);
  const result = new Map<string, ParsedEntry>();
  entries.forEach((entry, index) => {
    const id = own[index]!;
    const shared = counts.get(id)!.length > 1 && entry.url !== null && entry.url !== id;
    const full = (shared ? `${id} ${entry.url}` : id).slice(0, 2000);
    if (!result.has(full)) result.set(full, entry);
  });
  return result;
}

/** Of all that says something about the content; dates are touched without a change. */
function contentStamp({ title, summaryHtml, contentHtml, photos, url }: ParsedEntry): string {
  const parts = [title, summaryHtml, contentHtml, ...photos.flatMap((photo) => [photo.url, photo.caption ?? ''])];
  const normal = JSON.stringify([...parts.map((part) => tidy(part ?? '')), url && normalizeUrl(url)]);
  return createHash('sha256').update(normal).digest('hex').slice(0, 24);
}

function toKnown(id: string, entry: ParsedEntry): KnownEntry {
  const date = entry.publishedAt === null ? null : readDate(entry.publishedAt, 'UTC');
  const { url, title } = entry;
  return {
    id,
    stamp: contentStamp(entry),
    url,
    title: title?.slice(0, 200) ?? null,
    at: date ? Date.parse(date.at) : null,
  };
}

function changedRef({ id, stamp, url, title }: KnownEntry, entry: ParsedEntry): ArticleRef {
  const payload: EntryPayload = { entry };
  return { externalId: id, url, title, stamp, sign: 'changed', payload };
}

/** Entries the feed calls deleted, and those that did not leave at its end. */
function findGone(
  feed: ParsedFeed,
  listed: KnownEntry[],
  before: FeedCursor | null,
): { gone: ArticleRef[]; warnings: string[] } {
  const present = new Set(listed.map(({ id }) => id));
  const addresses = new Set(listed.map(({ url }) => url));
  const deleted = new Set(feed.deleted);
  const all = [...(before?.listed ?? []), ...(before?.earlier ?? [])].filter(
    ({ id, stamp }) => !present.has(id) && stamp !== goneStamp,
  );
  const told = all.filter(({ id }) => deleted.has(id));
  const missing = (before?.listed ?? []).filter(
    (entry) => !present.has(entry.id) && !deleted.has(entry.id) && !(entry.url && addresses.has(entry.url)),
  );
  const vanished = missing.filter((entry) => !leftAtTheEnd(entry, listed, before!.listed));
  const gone = told.map((entry) => goneRef(entry, true));
  if (vanished.length > 2 && vanished.length * 2 > before!.listed.length) {
    return {
      gone,
      warnings: [
        `${vanished.length} of ${before!.listed.length} entries left the feed at once; it seems to be another feed now`,
      ],
    };
  }
  return { gone: [...gone, ...vanished.map((entry) => goneRef(entry, false))], warnings: [] };
}

/** Pushed out by newer ones: older than all that is listed, or, without dates, below all that stayed. */
function leftAtTheEnd(entry: KnownEntry, listed: KnownEntry[], before: KnownEntry[]): boolean {
  const dates = listed.flatMap(({ at }) => at ?? []);
  if (entry.at !== null && dates.length === listed.length) return entry.at <= Math.min(...dates);
  const stayed = new Set(listed.map(({ id }) => id));
  return !before.slice(before.indexOf(entry) + 1).some(({ id }) => stayed.has(id));
}

function goneRef({ id, stamp, url, title }: KnownEntry, told: boolean): ArticleRef {
  const payload: EntryPayload = { told };
  return { externalId: id, url, title, stamp: `${goneStamp} ${stamp}`, sign: 'gone', payload };
}
