/** A feed as every format writes it: the `feed` package's model with what it has no place for beside it. */
import { Feed } from 'feed';
import type { StoredArticle } from '#src/core/article.ts';
import { feedPath } from '#src/core/feed-file.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { FeedSettings, SiteSettings } from '#src/core/settings.ts';
import { webAddress } from '#src/feeds/address.ts';
import { buildEntry, type Entry, type EntryInput, entryKey } from '#src/feeds/entry.ts';
import { updatedAt } from '#src/feeds/entry-dates.ts';
import { printable } from '#src/feeds/printable.ts';

/** An entry whose text is worked out only when it is asked for. */
export interface LazyEntry {
  articleId: string;
  /** Whatever was made of an entry with the same key holds for this one. */
  key: string;
  build(): Entry;
}

/** An entry that was taken back (RFC 6721). */
export interface Tombstone {
  entryId: string;
  /** ISO 8601. */
  withdrawnAt: string;
}

export interface FeedDetails {
  feedId: string;
  /** BCP 47. */
  language: string;
  /** Address of the feed itself, by format name. */
  selfUrl(format: string): string;
  /** Address of the feed's page for people. */
  pageUrl: string;
  hubs: string[];
  tombstones: Tombstone[];
}

export interface FeedDocument extends Feed {
  /** Newest first. */
  entries: LazyEntry[];
  details: FeedDetails;
}

export interface DocumentInput {
  feed: FeedSettings;
  site: SiteSettings;
  /** Without a slash at the end. */
  publicUrl: string;
  /** Newest first. */
  entries: { article: StoredArticle; photos: PhotoRecord[] }[];
  hubs?: string[];
  tombstones?: Tombstone[];
}

/** Pure: the same articles make the same document, whenever it is built. */
export function buildDocument(input: DocumentInput): FeedDocument {
  const { feed, site, publicUrl, hubs = [], tombstones = [] } = input;
  const language = printable(feed.language ?? site.language);
  const updated = newest([
    ...input.entries.map(({ article }) => updatedAt(article)),
    ...tombstones.map((one) => new Date(one.withdrawnAt)),
  ]);
  const selfUrl = (format: string) => `${publicUrl}${feedPath(feed.id, format)}`;
  const siteUrl = webAddress(site.url) ?? publicUrl;
  const model = new Feed({
    id: selfUrl('atom'),
    title: printable(feed.title),
    description: printable(feed.description || `${feed.title} – ${site.name}`),
    link: siteUrl,
    language,
    generator: 'Loa',
    author: { name: printable(site.name), link: siteUrl },
    feedLinks: { rss: selfUrl('rss'), atom: selfUrl('atom'), json: selfUrl('json') },
    ...(updated && { updated }),
    ...(hubs[0] !== undefined && { hub: hubs[0] }),
  });
  const entries = input.entries.map((entry) => lazyEntry({ ...entry, feed, publicUrl }, language));
  const pageUrl = `${publicUrl}/feeds/${feed.id}`;
  return Object.assign(model, {
    entries,
    details: { feedId: feed.id, language, selfUrl, pageUrl, hubs, tombstones },
  });
}

/** The same document as changed at another time. */
export function withUpdated(document: FeedDocument, updated: Date | null): FeedDocument {
  const { updated: _, ...options } = document.options;
  const copy: FeedDocument = Object.assign(Object.create(Object.getPrototypeOf(document)), document);
  copy.options = updated ? { ...options, updated } : options;
  return copy;
}

function lazyEntry(input: EntryInput, language: string): LazyEntry {
  let built: Entry | undefined;
  return {
    articleId: input.article.id,
    // An entry says its language where the feed's is another.
    key: `${language} ${entryKey(input)}`,
    build() {
      built ??= buildEntry(input);
      return built;
    },
  };
}

function newest(dates: Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.max(...dates.map(Number)));
}
