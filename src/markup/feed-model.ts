/** From feedsmith's shapes to ours. */
import type { parseFeed as parseAny, parseAtomFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';
import { cleanText } from '#src/core/text.ts';
import { mediaPhotos, photosAndAttachments } from '#src/markup/feed-media.ts';
import { longest, minute, noPace, syndicationPeriod } from '#src/markup/feed-pace.ts';
import { absoluteUrl, escapeHtml } from '#src/markup/html-text.ts';
import type { ParsedEntry, ParsedFeed } from '#src/markup/parsed-feed.ts';
import { plainTitle } from '#src/markup/plain-title.ts';

/** All that the format itself says. */
export type FeedModel = Pick<ParsedFeed, 'title' | 'language' | 'entries' | 'hubs' | 'self' | 'pace'>;
type Rss = ReturnType<typeof parseRssFeed> | ReturnType<typeof parseRdfFeed>;
type RssItem = NonNullable<ReturnType<typeof parseRssFeed>['items']>[number];
type Atom = ReturnType<typeof parseAtomFeed>;
type AtomEntry = NonNullable<Atom['entries']>[number];
type JsonItem = NonNullable<ReturnType<typeof parseJsonFeed>['items']>[number];

export function rssFeed(feed: Rss, address: string): FeedModel {
  const language = 'language' in feed ? feed.language : feed.dc?.languages?.[0];
  const items = (feed.items ?? []) as RssItem[];
  const ttl = 'ttl' in feed && Number(feed.ttl) > 0 ? Number(feed.ttl) : null;
  return {
    title: plainTitle(feed.title),
    language: language ?? null,
    entries: items.map((item) => rssEntry(item, address)),
    ...hubLinks(feed.atom?.links ?? [], address),
    pace: { ...noPace, atLeast: longest(ttl && ttl * minute, syndicationPeriod(feed.sy)) },
  };
}

function rssEntry(item: RssItem, address: string): ParsedEntry {
  const guid = item.guid;
  const permalink = guid?.isPermaLink !== false ? webUrl(guid?.value, null) : null;
  const files = (item.enclosures ?? []).map(
    ({ url, type, length }: { url?: string; type?: string; length?: number }) => ({ url, type, bytes: length }),
  );
  return {
    id: guid?.value?.trim() || (item as { rdf?: { about?: string } }).rdf?.about || null,
    url: webUrl(item.link ?? atomLink(item.atom?.links ?? []), address) ?? permalink,
    title: plainTitle(item.title ?? item.dc?.titles?.[0]),
    summaryHtml: markup(item.description),
    contentHtml: markup(item.content?.encoded),
    authors: names(
      item.dc?.creators ??
        (item.authors ?? []).map((author: { name?: string; email?: string }) => author.name ?? author.email),
    ),
    categories: names([
      ...(item.categories ?? []).map(({ name }: { name?: string }) => name),
      ...(item.dc?.subjects ?? []),
    ]),
    publishedAt: printed(item.pubDate ?? item.dc?.dates?.[0] ?? item.atom?.published),
    updatedAt: printed(item.atom?.updated ?? item.dcterms?.modified?.[0]),
    ...photosAndAttachments(mediaPhotos(item.media), files, bodyOf(item), address),
  };
}

export function atomFeed(feed: Atom, address: string): FeedModel {
  const language = feed.xml?.lang ?? null;
  const base = webUrl(feed.xml?.base, address) ?? address;
  return {
    title: atomText(feed.title),
    language,
    entries: (feed.entries ?? []).map((entry) => atomEntry(entry, feed, base)),
    ...hubLinks(feed.links ?? [], base),
    pace: { ...noPace, atLeast: syndicationPeriod(feed.sy) },
  };
}

function atomEntry(entry: AtomEntry, feed: Atom, address: string): ParsedEntry {
  const links = entry.links ?? [];
  const base = webUrl(entry.xml?.base, address) ?? address;
  const files = links
    .filter(({ rel }) => rel === 'enclosure')
    .map(({ href, type, length, title }) => ({ url: href, type, bytes: length, title }));
  const authors = entry.authors?.length ? entry.authors : (feed.authors ?? []);
  return {
    id: entry.id?.trim() || null,
    url: webUrl(atomLink(links), base),
    title: atomText(entry.title),
    summaryHtml: atomHtml(entry.summary),
    contentHtml: atomHtml(entry.content),
    authors: names(authors.map(({ name }) => name)),
    categories: names((entry.categories ?? []).map(({ label, term }) => label ?? term)),
    publishedAt: printed(entry.published ?? entry.updated),
    updatedAt: printed(entry.updated),
    ...photosAndAttachments(mediaPhotos(entry.media), files, entry.content?.value ?? entry.summary?.value, base),
  };
}

/** `parseFeed`'s own result: only that is known to be a JSON Feed. */
export function jsonFeed(parsed: ReturnType<typeof parseAny>, address: string): FeedModel {
  if (parsed.format !== 'json') return { title: null, language: null, entries: [], hubs: [], self: null, pace: noPace };
  const { feed } = parsed;
  const items = (feed.items ?? []).filter(({ id }) => id !== undefined && id !== '');
  return {
    title: plainTitle(feed.title),
    language: feed.language ?? null,
    entries: items.map((item) => jsonEntry(item, feed.authors ?? [], address)),
    hubs: (feed.hubs ?? [])
      .filter(({ type }) => type === undefined || /^websub$/i.test(type))
      .flatMap(({ url }) => webUrl(url, address) ?? []),
    self: webUrl(feed.feed_url, address),
    pace: noPace,
  };
}

function jsonEntry(item: JsonItem, feedAuthors: { name?: string }[], address: string): ParsedEntry {
  const files = (item.attachments ?? []).map(({ url, mime_type, title, size_in_bytes }) => ({
    url,
    type: mime_type,
    bytes: size_in_bytes,
    title,
  }));
  const photo = item.image ? [{ url: item.image }] : [];
  return {
    id: String(item.id),
    url: webUrl(item.url ?? item.external_url, address),
    title: plainTitle(item.title),
    summaryHtml: item.summary ? escapeHtml(item.summary) : null,
    contentHtml: markup(item.content_html) ?? paragraphs(item.content_text),
    authors: names((item.authors?.length ? item.authors : feedAuthors).map(({ name }) => name)),
    categories: names(item.tags ?? []),
    publishedAt: printed(item.date_published),
    updatedAt: printed(item.date_modified),
    ...photosAndAttachments(photo, files, item.content_html, address),
  };
}

interface Link {
  href?: string;
  rel?: string;
}

function hubLinks(links: readonly Link[], address: string): Pick<FeedModel, 'hubs' | 'self'> {
  const named = (wanted: string) =>
    links.filter(({ rel }) => rel?.toLowerCase() === wanted).flatMap(({ href }) => webUrl(href, address) ?? []);
  return { hubs: named('hub'), self: named('self')[0] ?? null };
}

function printed(date: unknown): string | null {
  return typeof date === 'string' && date ? date : null;
}

function webUrl(href: string | null | undefined, base: string | null): string | null {
  const url = absoluteUrl(href, base);
  return url && /^https?:/.test(url) ? url : null;
}

function atomLink(links: { href?: string; rel?: string; type?: string }[]): string | undefined {
  const pages = links.filter(({ rel }) => !rel || rel === 'alternate');
  return (pages.find(({ type }) => !type || type === 'text/html') ?? pages[0])?.href;
}

interface AtomText {
  value?: string;
  type?: string;
}

function atomText(text: AtomText | undefined): string | null {
  return plainTitle(isHtml(text) ? text?.value : text?.value && escapeHtml(text.value));
}

function atomHtml(text: AtomText | undefined): string | null {
  if (!text?.value) return null;
  return isHtml(text) ? markup(text.value) : paragraphs(text.value);
}

const isHtml = (text: AtomText | undefined): boolean => /html/i.test(text?.type ?? 'text');

function paragraphs(text: string | undefined): string | null {
  return text
    ? text
        .split(/\n\s*\n/)
        .map((part) => `<p>${escapeHtml(part.trim()).replaceAll('\n', '<br>')}</p>`)
        .join('\n')
    : null;
}

/** Letters that were written as character references come out as they may. */
function markup(html: string | undefined): string | null {
  return html ? cleanText(html) : null;
}

const bodyOf = (item: RssItem): string | undefined => item.content?.encoded ?? item.description;

function names(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.map(plainTitle).filter((name) => name !== null))];
}
