/** A feed as every format writes it: the `feed` package's model with what it has no place for in `details`. */
import { Feed, type Item } from 'feed';
import type { StoredArticle } from '#src/core/article.ts';
import { feedPath } from '#src/core/feed-file.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { FeedSettings, SiteSettings } from '#src/core/settings.ts';
import { summarise } from '#src/core/summary.ts';
import { webAddress } from '#src/feeds/address.ts';
import { entryContent } from '#src/feeds/entry-content.ts';
import { type EntryPhoto, entryPhotos } from '#src/feeds/entry-photos.ts';

export interface Entry extends Item {
  /** Minted once: `tag:DOMAIN,DATE:ID`. */
  id: string;
  published: Date;
  details: EntryDetails;
}

export interface EntryDetails {
  articleId: string;
  revision: number;
  /** People and agencies in reading order. */
  byline: string[];
  /** BCP 47. */
  language: string;
  /** Plain text. */
  summary: string;
  /** HTML with absolute addresses; null in a feed of summaries. */
  content: string | null;
  tags: string[];
  photos: EntryPhoto[];
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
  items: Entry[];
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
  const language = feed.language ?? site.language;
  const items = input.entries.map(({ article, photos }) => buildEntry(article, photos, input));
  const updated = newest([...items.map((item) => item.date), ...tombstones.map((one) => new Date(one.withdrawnAt))]);
  const selfUrl = (format: string) => `${publicUrl}${feedPath(feed.id, format)}`;
  const model = new Feed({
    id: selfUrl('atom'),
    title: feed.title,
    description: feed.description || `${feed.title} – ${site.name}`,
    link: webAddress(site.url) ?? publicUrl,
    language,
    generator: 'Loa',
    author: { name: site.name, link: webAddress(site.url) ?? publicUrl },
    feedLinks: { rss: selfUrl('rss'), atom: selfUrl('atom'), json: selfUrl('json') },
    ...(updated && { updated }),
    ...(hubs[0] !== undefined && { hub: hubs[0] }),
  });
  const pageUrl = `${publicUrl}/feeds/${feed.id}`;
  const details = { feedId: feed.id, language, selfUrl, pageUrl, hubs, tombstones };
  return Object.assign(model, { items, details });
}

/** The same document as changed at another time. */
export function withUpdated(document: FeedDocument, updated: Date | null): FeedDocument {
  const { updated: _, ...options } = document.options;
  const copy: FeedDocument = Object.assign(Object.create(Object.getPrototypeOf(document)), document);
  copy.options = updated ? { ...options, updated } : options;
  return copy;
}

function buildEntry(article: StoredArticle, records: readonly PhotoRecord[], input: DocumentInput): Entry {
  const { feed, publicUrl } = input;
  const photos = entryPhotos(article, records, publicUrl);
  const content = feed.content === 'full' ? entryContent(article, photos) : null;
  const summary = summarise(article) || article.lead;
  const tags = tagsOf(article);
  const [first] = photos;
  return {
    id: article.entryId,
    title: article.headline,
    // An article without a page of its own is read on the feed's page.
    link: (article.url && webAddress(article.url)) || `${publicUrl}/feeds/${feed.id}#${article.id}`,
    description: summary,
    date: updatedAt(article),
    published: publishedAt(article),
    author: article.byline.map((name) => ({ name })),
    category: tags.map((name) => ({ name, term: name })),
    ...(content !== null && { content }),
    ...(first && { image: { url: first.url, type: first.type, length: first.bytes } }),
    details: {
      articleId: article.id,
      revision: article.revision,
      byline: article.byline,
      language: article.language,
      summary,
      content,
      tags,
      photos,
    },
  };
}

/** Readers drop or pin entries from the future: an article is at the latest as old as our first sight of it. */
function publishedAt(article: StoredArticle): Date {
  const seen = Date.parse(article.firstSeenAt);
  const said = Date.parse(article.publishedAt ?? '');
  return new Date(Number.isNaN(said) ? seen : Math.min(said, seen));
}

/** An edit counts for readers only when this grows, and newsrooms often leave their own date as it was. */
function updatedAt(article: StoredArticle): Date {
  const published = publishedAt(article).getTime();
  if (article.revision > 1) return new Date(Math.max(published, Date.parse(article.revisedAt)));
  const said = Date.parse(article.updatedAt ?? '');
  const seen = Date.parse(article.firstSeenAt);
  return new Date(Number.isNaN(said) ? published : Math.max(published, Math.min(said, seen)));
}

/** The section first. */
function tagsOf(article: StoredArticle): string[] {
  return [...new Set([article.section ?? '', ...article.tags])].filter((name) => name.trim() !== '');
}

function newest(dates: Date[]): Date | null {
  return dates.length === 0 ? null : new Date(Math.max(...dates.map(Number)));
}
