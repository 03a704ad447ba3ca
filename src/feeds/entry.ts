/** One article in a feed: the `feed` package's item with what it has no place for in `details`. */
import type { Item } from 'feed';
import type { StoredArticle } from '#src/core/article.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { FeedSettings } from '#src/core/settings.ts';
import { summarise } from '#src/core/summary.ts';
import { webAddress } from '#src/feeds/address.ts';
import { entryContent } from '#src/feeds/entry-content.ts';
import { publishedAt, updatedAt } from '#src/feeds/entry-dates.ts';
import { type EntryPhoto, entryPhotos } from '#src/feeds/entry-photos.ts';
import { printable, printableOrNull } from '#src/feeds/printable.ts';

export interface Entry extends Item {
  /** Minted once: `tag:DOMAIN,DATE:ID`. */
  id: string;
  published: Date;
  details: EntryDetails;
}

/** Texts are `printable`. */
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

export interface EntryInput {
  article: StoredArticle;
  photos: readonly PhotoRecord[];
  feed: FeedSettings;
  /** Without a slash at the end. */
  publicUrl: string;
}

/** Equal keys, equal entries: a revision's content never changes, so its number stands for all of it. */
export function entryKey({ article, photos, feed, publicUrl }: EntryInput): string {
  const { id, entryId, revision, revisedAt, firstSeenAt } = article;
  const files = photos.map(({ position, url, hash, renditions, cardBytes, words }) => [
    ...[position, url, hash, renditions],
    ...[cardBytes, words],
  ]);
  return JSON.stringify([id, entryId, revision, revisedAt, firstSeenAt, feed.id, feed.content, publicUrl, files]);
}

export function buildEntry({ article, photos: records, feed, publicUrl }: EntryInput): Entry {
  const photos = entryPhotos(article, records, publicUrl).map(printablePhoto);
  const content = feed.content === 'full' ? printable(entryContent(article, photos)) : null;
  const summary = printable(summarise(article) || article.lead);
  const tags = tagsOf(article);
  const byline = article.byline.map(printable);
  const [first] = photos;
  return {
    id: article.entryId,
    title: printable(article.headline),
    // An article without a page of its own is read on the feed's page.
    link: (article.url && webAddress(article.url)) || `${publicUrl}/feeds/${feed.id}#${article.id}`,
    description: summary,
    date: updatedAt(article),
    published: publishedAt(article),
    author: byline.map((name) => ({ name })),
    category: tags.map((name) => ({ name, term: name })),
    ...(content !== null && { content }),
    ...(first && { image: { url: first.url, type: first.type, length: first.bytes } }),
    details: {
      articleId: article.id,
      revision: article.revision,
      byline,
      language: printable(article.language),
      summary,
      content,
      tags,
      photos,
    },
  };
}

function printablePhoto(photo: EntryPhoto): EntryPhoto {
  const { caption, credit, alt } = photo;
  return {
    ...photo,
    caption: printableOrNull(caption),
    credit: printableOrNull(credit),
    alt: printableOrNull(alt),
  };
}

/** The section first. */
function tagsOf(article: StoredArticle): string[] {
  const named = [article.section ?? '', ...article.tags].filter((name) => name.trim() !== '');
  return [...new Set(named)].map(printable);
}
