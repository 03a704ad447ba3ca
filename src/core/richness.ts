/** How much of the story a reading holds: of two sources, the one that gives more gives the text. */
import type { Article } from '#src/core/article.ts';

type Content = Pick<Article, 'text' | 'lead' | 'photos' | 'attachments'>;

/** Clearly more: what differs by a line is another way of telling the same, and the text would go back and forth. */
export function isRicher(article: Content, than: Content): boolean {
  return richness(article) > richness(than) * 1.2 + 80;
}

function richness({ text, lead, photos, attachments }: Content): number {
  const shown = photos.filter(({ url }) => url !== null);
  const captions = shown.filter(({ caption }) => caption !== null);
  return Math.max(text.length, lead.length) + 200 * shown.length + 60 * captions.length + 60 * attachments.length;
}
