import type { Hints, RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { htmlText } from '#src/markup/html-text.ts';
import type { ParsedEntry } from '#src/markup/parsed-feed.ts';
import { AccessRefused } from '#src/sources/access-refused.ts';
import { readArticlePage } from '#src/sources/article-page.ts';
import type { FeedSourceSettings } from '#src/sources/feed/settings.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** A changed entry, or of one that is gone whether the feed itself said that it is deleted. */
export type EntryPayload = { entry: ParsedEntry } | { told: boolean };

const shortestFullText = 500;

/** The entry itself where it is the whole article, else its page. */
export async function readEntry(
  ref: ArticleRef,
  settings: FeedSourceSettings,
  tools: SourceTools,
): Promise<RawArticle | null> {
  const payload = ref.payload as EntryPayload;
  if ('told' in payload) return lookForGone(ref, payload.told, settings, tools);
  const { entry } = payload;
  const hints = toHints(entry);
  const body = entry.contentHtml ?? entry.summaryHtml ?? '';
  if (entry.url === null || isFullText(entry, settings.fullText)) {
    return { kind: 'page', url: entry.url, html: '', hints: { ...hints, bodyHtml: body } };
  }
  try {
    const page = await readArticlePage(entry.url, settings.url, tools);
    return page.kind === 'page' ? { ...page, hints } : page;
  } catch (error) {
    if (!(error instanceof AccessRefused) || htmlText(body) === '') throw error;
    // What the feed tells is better than nothing.
    const doubt = `${error.message}: only what the feed holds was taken.`;
    const told = { ...hints, bodyHtml: body, doubts: [doubt] };
    return { kind: 'page', url: entry.url, html: '', hints: told, partial: true };
  }
}

async function lookForGone(
  { url }: ArticleRef,
  told: boolean,
  settings: FeedSourceSettings,
  tools: SourceTools,
): Promise<RawArticle | null> {
  if (told) return { kind: 'gone', certain: true, reason: 'the feed says it was deleted' };
  if (url === null) return { kind: 'gone', certain: false, reason: 'the feed no longer lists it' };
  const page = await readArticlePage(url, settings.url, tools);
  return page.kind === 'gone' ? page : null;
}

/** Whether an entry is to be taken for the whole article. */
export function isFullText({ contentHtml, summaryHtml }: ParsedEntry, setting: boolean | 'auto'): boolean {
  if (setting !== 'auto') return setting;
  const length = htmlText(contentHtml ?? '').length;
  return length > shortestFullText && length > htmlText(summaryHtml ?? '').length;
}

function toHints(entry: ParsedEntry): Hints {
  const [section, ...tags] = entry.categories;
  const lead = entry.summaryHtml && htmlText(entry.summaryHtml);
  return {
    ...(entry.title && { headline: entry.title }),
    ...(lead && { lead }),
    ...(entry.authors.length > 0 && { byline: entry.authors }),
    ...(section && { section }),
    ...(tags.length > 0 && { tags }),
    ...(entry.publishedAt && { publishedAt: entry.publishedAt }),
    ...(entry.updatedAt && { updatedAt: entry.updatedAt }),
    ...(entry.url && { url: entry.url }),
    ...(entry.photos.length > 0 && { photos: entry.photos }),
    ...(entry.attachments.length > 0 && { attachments: entry.attachments }),
  };
}
