/** From feedsmith's shapes to ours. */
import type { parseFeed as parseAny, parseAtomFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from 'feedsmith';
import { mediaPhotos, photosAndAttachments } from '#src/markup/feed-media.ts';
import { absoluteUrl, escapeHtml } from '#src/markup/html-text.ts';
import type { ParsedEntry, ParsedFeed } from '#src/markup/parsed-feed.ts';
import { plainTitle } from '#src/markup/plain-title.ts';

type Model = Pick<ParsedFeed, 'title' | 'language' | 'entries'>;
type Rss = ReturnType<typeof parseRssFeed> | ReturnType<typeof parseRdfFeed>;
type RssItem = NonNullable<ReturnType<typeof parseRssFeed>['items']>[number];
type Atom = ReturnType<typeof parseAtomFeed>;
type AtomEntry = NonNullable<Atom['entries']>[number];
type JsonItem = NonNullable<ReturnType<typeof parseJsonFeed>['items']>[number];

export function rssFeed(feed: Rss, address: string): Model {
  const language = 'language' in feed ? feed.language : feed.dc?.languages?.[0];
  const items = (feed.items ?? []) as RssItem[];
  return {
    title: plainTitle(feed.title),
    language: language ?? null,
    entries: items.map((item) => rssEntry(item, address)),
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
    summaryHtml: item.description ?? null,
    contentHtml: item.content?.encoded ?? null,
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
    ...photosAndAttachments(mediaPhotos(item.media), files, address),
  };
}

export function atomFeed(feed: Atom, address: string): Model {
  const language = feed.xml?.lang ?? null;
  const base = webUrl(feed.xml?.base, address) ?? address;
  return {
    title: atomText(feed.title),
    language,
    entries: (feed.entries ?? []).map((entry) => atomEntry(entry, feed, base)),
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
    ...photosAndAttachments(mediaPhotos(entry.media), files, base),
  };
}

/** `parseFeed`'s own result: only that is known to be a JSON Feed. */
export function jsonFeed(parsed: ReturnType<typeof parseAny>, address: string): Model {
  if (parsed.format !== 'json') return { title: null, language: null, entries: [] };
  const { feed } = parsed;
  const items = (feed.items ?? []).filter(({ id }) => id !== undefined && id !== '');
  return {
    title: plainTitle(feed.title),
    language: feed.language ?? null,
    entries: items.map((item) => jsonEntry(item, feed.authors ?? [], address)),
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
    contentHtml: item.content_html ?? paragraphs(item.content_text),
    authors: names((item.authors?.length ? item.authors : feedAuthors).map(({ name }) => name)),
    categories: names(item.tags ?? []),
    publishedAt: printed(item.date_published),
    updatedAt: printed(item.date_modified),
    ...photosAndAttachments(photo, files, address),
  };
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
  return isHtml(text) ? text.value : paragraphs(text.value);
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

function names(values: readonly (string | undefined)[]): string[] {
  return [...new Set(values.map(plainTitle).filter((name) => name !== null))];
}
