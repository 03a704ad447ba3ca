import type { FeedDocument } from '#src/feeds/document.ts';
import type { FeedFormat } from '#src/feeds/feed-format.ts';

/** The feed as readers get it. */
export function renderFeed(format: FeedFormat, document: FeedDocument): string {
  const entries = document.entries.map((entry) => format.entry(entry.build(), document.details.language));
  return format.opening(document) + entries.join(format.separator) + format.closing(document);
}
