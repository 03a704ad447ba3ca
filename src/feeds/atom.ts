/** Atom 1.0 (RFC 4287), with tombstones (RFC 6721) for what was withdrawn. */
import type { FeedDocument, Tombstone } from '#src/feeds/document.ts';
import type { Entry } from '#src/feeds/entry.ts';
import type { EntryPhoto } from '#src/feeds/entry-photos.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';
import { branch, leaf, lines, type Xml, xmlOpening } from '#src/feeds/xml.ts';
import { assertWellFormed } from '#src/markup/well-formed.ts';

export const atom: FeedFormat = {
  name: 'atom',
  title: 'Atom',
  contentType: 'application/atom+xml; charset=utf-8',
  opening,
  entry: (item, feedLanguage) => `\n${entry(item, feedLanguage).xml}`,
  separator: '',
  closing: ({ details }) => `\n${lines([...details.tombstones.map(deletedEntry), { xml: '</feed>' }])}\n`,
  verify: assertWellFormed,
};

function opening({ options, details }: FeedDocument): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2005/Atom',
    'xmlns:media': 'http://search.yahoo.com/mrss/',
    ...(details.tombstones.length > 0 && { 'xmlns:at': 'http://purl.org/atompub/tombstones/1.0' }),
    'xml:lang': details.language,
  };
  const metadata = lines([
    leaf('id', options.id),
    leaf('title', options.title),
    leaf('subtitle', options.description),
    // Required even in a feed that never had an entry.
    leaf('updated', (options.updated ?? new Date(0)).toISOString()),
    person(options.author?.name, options.author?.link),
    leaf('generator', 'Loa'),
    link('self', details.selfUrl('atom'), 'application/atom+xml'),
    link('alternate', options.link, 'text/html'),
    ...details.hubs.map((hub) => link('hub', hub, null)),
  ]);
  return `${xmlOpening(`A page for people: ${details.pageUrl}`, 'feed', attributes)}${metadata}`;
}

function entry(item: Entry, feedLanguage: string): Xml {
  const { byline, summary, content, tags, photos, language } = item.details;
  return branch('entry', { 'xml:lang': language === feedLanguage ? null : language }, [
    leaf('id', item.id),
    leaf('title', item.title) ?? leaf('title', '–'),
    leaf('updated', item.date.toISOString()),
    leaf('published', item.published.toISOString()),
    ...byline.map((name) => person(name)),
    link('alternate', item.link, 'text/html'),
    ...photos.map(enclosure),
    ...tags.map((term) => branch('category', { term }, [])),
    leaf('summary', summary),
    leaf('content', content, { type: 'html' }),
    ...photos.map(mediaContent),
  ]);
}

function person(name: string | undefined, uri?: string): Xml | null {
  const written = leaf('name', name);
  return written && branch('author', {}, [written, leaf('uri', uri)]);
}

function link(rel: string, href: string | undefined, type: string | null): Xml | null {
  return href === undefined ? null : branch('link', { rel, type, href }, []);
}

function enclosure({ url, type, bytes, caption }: EntryPhoto): Xml {
  return branch('link', { rel: 'enclosure', type, length: bytes, title: caption, href: url }, []);
}

/** What an enclosure has no place for: size in pixels, credit, and the alt text apart from the caption. */
function mediaContent({ url, type, width, height, bytes, caption, credit, alt, thumbnail }: EntryPhoto): Xml {
  return branch('media:content', { url, type, medium: 'image', width, height, fileSize: bytes }, [
    leaf('media:title', alt, { type: 'plain' }),
    leaf('media:description', caption, { type: 'plain' }),
    leaf('media:credit', credit, { role: 'photographer', scheme: 'urn:ebu' }),
    branch('media:thumbnail', { url: thumbnail.url, width: thumbnail.width, height: thumbnail.height }, []),
  ]);
}

function deletedEntry({ entryId, withdrawnAt }: Tombstone): Xml {
  return branch('at:deleted-entry', { ref: entryId, when: withdrawnAt }, []);
}
