/** JSON Feed 1.1 (jsonfeed.org/version/1.1); captions, credits and alt texts stand in `_photos`. */
import type { FeedDocument } from '#src/feeds/document.ts';
import type { Entry } from '#src/feeds/entry.ts';
import type { EntryPhoto } from '#src/feeds/entry-photos.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';

export const jsonFeed: FeedFormat = {
  name: 'json',
  title: 'JSON Feed',
  contentType: 'application/feed+json; charset=utf-8',
  opening: (document) => `${JSON.stringify(head(document), null, 1).slice(0, -'\n}'.length)},\n "items": [`,
  // Written as deep as it will stand, and taken out from there.
  entry: (entry) => JSON.stringify([[item(entry)]], null, 1).slice('[\n ['.length, -'\n ]\n]'.length),
  separator: ',',
  closing: ({ entries }) => (entries.length === 0 ? ']\n}\n' : '\n ]\n}\n'),
  verify: (text) => void JSON.parse(text),
};

function head({ options, details }: FeedDocument) {
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: options.title,
    home_page_url: options.link,
    feed_url: details.selfUrl('json'),
    description: options.description,
    user_comment: `A page for people: ${details.pageUrl}`,
    language: details.language,
    authors: [{ name: options.author?.name, url: options.author?.link }],
    ...(details.hubs.length > 0 && { hubs: details.hubs.map((url) => ({ type: 'WebSub', url })) }),
  };
}

function item(entry: Entry) {
  const { byline, summary, content, tags, photos, language } = entry.details;
  const [first] = photos;
  return {
    id: entry.id,
    url: entry.link,
    title: entry.title,
    ...(content === null ? { content_text: summary } : { content_html: content }),
    summary: summary || undefined,
    image: first?.url,
    banner_image: first?.card?.url,
    date_published: entry.published.toISOString(),
    date_modified: entry.date.toISOString(),
    ...(byline.length > 0 && { authors: byline.map((name) => ({ name })) }),
    ...(tags.length > 0 && { tags }),
    language,
    ...(photos.length > 0 && { attachments: photos.map(attachment), _photos: photos.map(photoDetails) }),
  };
}

/** Equal titles would say that two attachments are forms of one thing, so each begins with its number. */
function attachment({ url, type, bytes, caption }: EntryPhoto, index: number) {
  return { url, mime_type: type, title: `${index + 1}. ${caption ?? ''}`.trim(), size_in_bytes: bytes };
}

function photoDetails({ url, width, height, caption, credit, alt }: EntryPhoto) {
  return { url, width, height, caption, credit, alt };
}
