import type { Article } from '#src/core/article.ts';

/** The doubt of an article without a headline and a text. */
export const nothingFound = 'No headline and no text were found.';

/** Whether nothing was found in it: such a page must not go out under the newsroom's name. */
export function isEmpty({ doubts, photos, attachments }: Article): boolean {
  return doubts.includes(nothingFound) && photos.length === 0 && attachments.length === 0;
}
