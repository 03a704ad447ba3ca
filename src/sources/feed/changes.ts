import { createHash } from 'node:crypto';
import { readDate } from '#src/core/date.ts';
import { normalizeUrl } from '#src/core/identity.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import type { ParsedEntry, ParsedFeed } from '#src/markup/parsed-feed.ts';
import type { Known, KnownEntry } from '#src/sources/feed/cursor.ts';
import type { EntryPayload } from '#src/sources/feed/entry.ts';

export interface Changes {
  /** Oldest first, as they are to be read. */
  refs: ArticleRef[];
  entries: Known;
  warnings: string[];
}

/** Beside those that are listed; the ledger itself knows every article. */
const mostRemembered = 300;
const goneStamp = 'gone';

/** What a feed holds that it did not hold like this before, and what vanished from its middle. `zone` for its dates. */
export function findChanges(feed: ParsedFeed, before: Known | null, zone: string): Changes {
  const known = new Map([...(before?.earlier ?? []), ...(before?.listed ?? [])].map((entry) => [entry.id, entry]));
  if (feed.entries.length === 0 && before?.listed.length) {
    const warnings = ['the feed is empty, though it was not before; what it held is kept'];
    return { refs: [], entries: { listed: before.listed, earlier: before.earlier }, warnings };
  }

  const entries = identify(feed.entries);
  const listed = [...entries].map(([id, entry]) => toKnown(id, entry, zone));
  const changed = changedRefs(listed, entries, known);

  const { gone, warnings } = findGone(feed, listed, before);
  const goneIds = new Set(gone.map(({ externalId }) => externalId));
  const listedIds = new Set(listed.map(({ id }) => id));
  const earlier = [...known.values()]
    .filter(({ id }) => !listedIds.has(id))
    // Should it come back as it was, that is a change.
    .map((entry) => (goneIds.has(entry.id) ? { ...entry, stamp: goneStamp } : entry));
  return {
    refs: [...changed, ...gone],
    entries: { listed, earlier: earlier.slice(-mostRemembered).map(withoutTitle) },
    warnings,
  };
}

/** The same of a part of the feed, as a hub sends it: what it leaves out means nothing, but for what it calls deleted. */
export function findNews(part: ParsedFeed, before: Known, zone: string): Changes {
  const known = new Map([...before.earlier, ...before.listed].map((entry) => [entry.id, entry]));
  const entries = identify(part.entries);
  const now = new Map([...entries].map(([id, entry]) => [id, toKnown(id, entry, zone)]));
  const changed = changedRefs([...now.values()], entries, known);
  const gone = toldGone(part.deleted, before, now);
  const goneIds = new Set(gone.map(({ externalId }) => externalId));
  const update = (entry: KnownEntry): KnownEntry =>
    goneIds.has(entry.id) ? { ...entry, stamp: goneStamp } : (now.get(entry.id) ?? entry);
  // New ones are remembered apart: the feed itself has not listed them yet, so that they cannot vanish from it.
  const fresh = [...now.values()].filter(({ id }) => !known.has(id));
  const earlier = [...before.earlier.map(update), ...fresh.toReversed()].slice(-mostRemembered);
  return { refs: [...changed, ...gone], entries: { listed: before.listed.map(update), earlier }, warnings: [] };
}

/** It is for people who look at what is new. */
const withoutTitle = (entry: KnownEntry): KnownEntry => ({ ...entry, title: null });

/** Oldest first. */
function changedRefs(
  listed: KnownEntry[],
  entries: Map<string, ParsedEntry>,
  known: Map<string, KnownEntry>,
): ArticleRef[] {
  // A known story under a new id too: whether its site changed its ids is seen by all that came with it.
  return listed
    .filter(({ id, stamp }) => known.get(id)?.stamp !== stamp)
    .map((entry) => changedRef(entry, entries.get(entry.id)!))
    .reverse();
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
  // They were cleaned when they were read; spaces are no content.
  const normal = JSON.stringify([
    ...parts.map((part) => part?.replace(/\s+/g, ' ').trim() ?? ''),
    url && normalizeUrl(url),
  ]);
  return createHash('sha256').update(normal).digest('hex').slice(0, 24);
}

function toKnown(id: string, entry: ParsedEntry, zone: string): KnownEntry {
  const date = entry.publishedAt === null ? null : readDate(entry.publishedAt, zone);
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
  before: Known | null,
): { gone: ArticleRef[]; warnings: string[] } {
  if (!before) return { gone: [], warnings: [] };
  const present = new Map(listed.map((entry) => [entry.id, entry]));
  const addresses = new Set(listed.map(({ url }) => url));
  const deleted = new Set(feed.deleted);
  const gone = toldGone(feed.deleted, before, present);
  const missing = before.listed.filter(
    ({ id, url, stamp }) => !present.has(id) && !deleted.has(id) && stamp !== goneStamp && !(url && addresses.has(url)),
  );
  // What only a walk through broken markup found may lack some.
  const vanished = feed.form === 'sound' ? missing.filter((entry) => !leftAtTheEnd(entry, listed, before.listed)) : [];
  if (vanished.length > 2 && vanished.length * 2 > before.listed.length) {
    return {
      gone,
      warnings: [
        `${vanished.length} of ${before.listed.length} entries left the feed at once; it seems to be another feed now`,
      ],
    };
  }
  return { gone: [...gone, ...vanished.map((entry) => goneRef(entry, false))], warnings: [] };
}

function toldGone(ids: string[], { listed, earlier }: Known, present: ReadonlyMap<string, KnownEntry>): ArticleRef[] {
  const deleted = new Set(ids);
  return [...listed, ...earlier]
    .filter(({ id, stamp }) => deleted.has(id) && !present.has(id) && stamp !== goneStamp)
    .map((entry) => goneRef(entry, true));
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
