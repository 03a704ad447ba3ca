/**
 * The least program that writes our feeds byte for byte: a string per item that grows, and nothing that makes it safe.
 * One string for the whole feed takes half as long again, so this is the harder peer.
 */
import type { FeedDocument } from '#src/feeds/document.ts';
import type { Entry } from '#src/feeds/entry.ts';
import type { EntryPhoto } from '#src/feeds/entry-photos.ts';

export type PlainWriter = (document: FeedDocument, entries: readonly Entry[]) => Buffer[];

const text = (value: string) => value.replace(/&/g, '&#x26;').replace(/</g, '&#x3C;').replace(/>/g, '&#x3E;');
const attribute = (value: string) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
const html = (value: string) => value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

function plainRss({ options, details }: FeedDocument, entries: readonly Entry[]): Buffer[] {
  const opening = `<?xml version="1.0" encoding="UTF-8"?>
<!-- A page for people: ${details.pageUrl} -->
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/">
<channel>
<title>${text(options.title)}</title>
<link>${text(options.link!)}</link>
<description>${text(options.description!)}</description>
<language>${details.language}</language>
<lastBuildDate>${options.updated!.toUTCString()}</lastBuildDate>
<generator>Loa</generator>
<docs>https://www.rssboard.org/rss-specification</docs>
<ttl>5</ttl>
<atom:link rel="self" type="application/rss+xml" href="${details.selfUrl('rss')}"/>`;
  const items = entries.map((entry) => {
    const { byline, summary, content, tags, photos, language } = entry.details;
    let xml = `\n<item>\n<title>${text(entry.title)}</title>\n<link>${text(entry.link)}</link>\n`;
    xml += `<guid isPermaLink="false">${text(entry.id)}</guid>\n<pubDate>${entry.published.toUTCString()}</pubDate>\n`;
    xml += `<dcterms:modified>${entry.date.toISOString().slice(0, 19)}Z</dcterms:modified>\n`;
    xml += `<dc:creator>${text(byline.join(', '))}</dc:creator>\n`;
    for (const tag of tags) xml += `<category>${text(tag)}</category>\n`;
    xml += `<description>${text(html(summary))}</description>\n`;
    xml += `<content:encoded>${text(content!)}</content:encoded>\n`;
    const [first] = photos;
    if (first) xml += `<enclosure url="${attribute(first.url)}" length="${first.bytes}" type="${first.type}"/>\n`;
    photos.forEach((photo, index) => {
      xml += plainMedia(photo, ` isDefault="${index === 0}" lang="${language}"`);
    });
    return Buffer.from(`${xml}</item>`);
  });
  return [Buffer.from(opening), ...items, Buffer.from('\n</channel>\n</rss>\n')];
}

function plainAtom({ options, details }: FeedDocument, entries: readonly Entry[]): Buffer[] {
  const opening = `<?xml version="1.0" encoding="UTF-8"?>
<!-- A page for people: ${details.pageUrl} -->
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="${details.language}">
<id>${text(options.id!)}</id>
<title>${text(options.title)}</title>
<subtitle>${text(options.description!)}</subtitle>
<updated>${options.updated!.toISOString()}</updated>
<author>\n<name>${text(options.author!.name!)}</name>\n<uri>${text(options.author!.link!)}</uri>\n</author>
<generator>Loa</generator>
<link rel="self" type="application/atom+xml" href="${details.selfUrl('atom')}"/>
<link rel="alternate" type="text/html" href="${attribute(options.link!)}"/>`;
  const items = entries.map((entry) => {
    const { byline, summary, content, tags, photos } = entry.details;
    let xml = `\n<entry>\n<id>${text(entry.id)}</id>\n<title>${text(entry.title)}</title>\n`;
    xml += `<updated>${entry.date.toISOString()}</updated>\n<published>${entry.published.toISOString()}</published>\n`;
    for (const name of byline) xml += `<author>\n<name>${text(name)}</name>\n</author>\n`;
    xml += `<link rel="alternate" type="text/html" href="${attribute(entry.link)}"/>\n`;
    for (const { type, bytes, caption, url } of photos) {
      xml += `<link rel="enclosure" type="${type}" length="${bytes}" title="${attribute(caption!)}" href="${attribute(url)}"/>\n`;
    }
    for (const tag of tags) xml += `<category term="${attribute(tag)}"/>\n`;
    xml += `<summary>${text(summary)}</summary>\n<content type="html">${text(content!)}</content>\n`;
    for (const photo of photos) xml += plainMedia(photo, '');
    return Buffer.from(`${xml}</entry>`);
  });
  return [Buffer.from(opening), ...items, Buffer.from('\n</feed>\n')];
}

function plainMedia(photo: EntryPhoto, more: string): string {
  const { url, type, width, height, bytes, caption, credit, alt, thumbnail } = photo;
  return `<media:content url="${attribute(url)}" type="${type}" medium="image" width="${width}" height="${height}" fileSize="${bytes}"${more}>
<media:title type="plain">${text(alt!)}</media:title>
<media:description type="plain">${text(caption!)}</media:description>
<media:credit role="photographer" scheme="urn:ebu">${text(credit!)}</media:credit>
<media:thumbnail url="${attribute(thumbnail.url)}" width="${thumbnail.width}" height="${thumbnail.height}"/>
</media:content>\n`;
}

function plainJson({ options, details }: FeedDocument, entries: readonly Entry[]): Buffer[] {
  const string = JSON.stringify;
  const opening = `{
 "version": "https://jsonfeed.org/version/1.1",
 "title": ${string(options.title)},
 "home_page_url": ${string(options.link)},
 "feed_url": ${string(details.selfUrl('json'))},
 "description": ${string(options.description)},
 "user_comment": ${string(`A page for people: ${details.pageUrl}`)},
 "language": ${string(details.language)},
 "authors": [\n  {\n   "name": ${string(options.author!.name)},\n   "url": ${string(options.author!.link)}\n  }\n ],
 "items": [`;
  const items = entries.map((entry, index) => {
    const { byline, summary, content, tags, photos, language } = entry.details;
    const names = byline.map((name) => `\n    {\n     "name": ${string(name)}\n    }`);
    const attachments = photos.map(
      ({ url, type, bytes, caption }, at) =>
        `\n    {\n     "url": ${string(url)},\n     "mime_type": ${string(type)},\n     "title": ${string(`${at + 1}. ${caption}`)},\n     "size_in_bytes": ${bytes}\n    }`,
    );
    const said = photos.map(
      ({ url, width, height, caption, credit, alt }) =>
        `\n    {\n     "url": ${string(url)},\n     "width": ${width},\n     "height": ${height},\n     "caption": ${string(caption)},\n     "credit": ${string(credit)},\n     "alt": ${string(alt)}\n    }`,
    );
    let json = `${index === 0 ? '' : ','}\n  {\n   "id": ${string(entry.id)},\n   "url": ${string(entry.link)},\n`;
    json += `   "title": ${string(entry.title)},\n   "content_html": ${string(content)},\n`;
    json += `   "summary": ${string(summary)},\n   "image": ${string(photos[0]!.url)},\n`;
    json += `   "date_published": "${entry.published.toISOString()}",\n   "date_modified": "${entry.date.toISOString()}",\n`;
    json += `   "authors": [${names.join(',')}\n   ],\n   "tags": [${tags.map((tag) => `\n    ${string(tag)}`).join(',')}\n   ],\n`;
    json += `   "language": "${language}",\n   "attachments": [${attachments.join(',')}\n   ],\n   "_photos": [${said.join(',')}\n   ]\n  }`;
    return Buffer.from(json);
  });
  return [Buffer.from(opening), ...items, Buffer.from('\n ]\n}\n')];
}

export const plainWriters: Readonly<Record<string, PlainWriter>> = { rss: plainRss, atom: plainAtom, json: plainJson };
