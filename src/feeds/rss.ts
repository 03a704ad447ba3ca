/** RSS 2.0 (rssboard.org/rss-specification) with Media RSS, Dublin Core and full content. */
import type { FeedDocument } from '#src/feeds/document.ts';
import type { Entry } from '#src/feeds/entry.ts';
import type { EntryPhoto } from '#src/feeds/entry-photos.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import { branch, leaf, lines, textAsHtml, type Xml, xmlOpening } from '#src/feeds/xml.ts';
import { assertWellFormed } from '#src/markup/well-formed.ts';

export const rss: FeedFormat = {
  name: 'rss',
  title: 'RSS',
  contentType: 'application/rss+xml; charset=utf-8',
  opening,
  entry: (entry) => `\n${item(entry).xml}`,
  separator: '',
  closing: () => '\n</channel>\n</rss>\n',
  verify: assertWellFormed,
};

const namespaces = {
  'xmlns:atom': 'http://www.w3.org/2005/Atom',
  'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
  'xmlns:dcterms': 'http://purl.org/dc/terms/',
  'xmlns:media': 'http://search.yahoo.com/mrss/',
};

/** Readers such as Miniflux poll no faster than this says. Minutes. */
const ttl = '5';

function opening({ options, details }: FeedDocument): string {
  const { updated } = options;
  const note = `A page for people: ${details.pageUrl}`;
  const channel = lines([
    leaf('title', options.title),
    leaf('link', options.link),
    leaf('description', options.description),
    leaf('language', details.language),
    updated ? leaf('lastBuildDate', updated.toUTCString()) : null,
    leaf('generator', 'Loa'),
    leaf('docs', 'https://www.rssboard.org/rss-specification'),
    leaf('ttl', ttl),
    branch('atom:link', { rel: 'self', type: 'application/rss+xml', href: details.selfUrl('rss') }, []),
    ...details.hubs.map((hub) => branch('atom:link', { rel: 'hub', href: hub }, [])),
  ]);
  return `${xmlOpening(note, 'rss', { version: '2.0', ...namespaces })}<channel>\n${channel}`;
}

function item(entry: Entry): Xml {
  const { byline, summary, content, tags, photos, language } = entry.details;
  const [first] = photos;
  return branch('item', {}, [
    leaf('title', entry.title),
    leaf('link', entry.link),
    leaf('guid', entry.id, { isPermaLink: 'false' }),
    leaf('pubDate', entry.published.toUTCString()),
    leaf('dcterms:modified', seconds(entry.date)),
    // One element with all names: Thunderbird reads only the first, and others lose the order of several.
    leaf('dc:creator', byline.join(', ')),
    ...tags.map((tag) => leaf('category', tag)),
    // Before the full text: readers take the first body they meet as the summary.
    leaf('description', textAsHtml(summary || entry.title)),
    leaf('content:encoded', content),
    // Only one is allowed; the others stand as media:content.
    first ? branch('enclosure', { url: first.url, length: first.bytes, type: first.type }, []) : null,
    ...photos.map((photo, index) => mediaContent(photo, index === 0, language)),
  ]);
}

function mediaContent(photo: EntryPhoto, isFirst: boolean, language: string): Xml {
  const { url, type, width, height, bytes, caption, credit, alt, thumbnail } = photo;
  const attributes = { url, type, medium: 'image', width, height, fileSize: bytes };
  return branch('media:content', { ...attributes, isDefault: isFirst ? 'true' : 'false', lang: language }, [
    leaf('media:title', alt, { type: 'plain' }),
    leaf('media:description', caption, { type: 'plain' }),
    leaf('media:credit', credit, { role: 'photographer', scheme: 'urn:ebu' }),
    branch('media:thumbnail', { url: thumbnail.url, width: thumbnail.width, height: thumbnail.height }, []),
  ]);
}

/** W3C date and time without fractions, which older readers refuse. */
function seconds(date: Date): string {
  return `${date.toISOString().slice(0, 19)}Z`;
}
