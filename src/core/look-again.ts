/** When an article's page is looked at again: what a newsroom edits shows in no list and in no summary. */

import type { RawArticle } from '#src/core/raw-article.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Since it was read; desks edit most in the first hour. */
const looks = [5 * minute, 15 * minute, hour, 3 * hour, 8 * hour, 24 * hour];

/** The next look after `now` at a page that was read for its news at `readAt`; null after the last. Milliseconds. */
export function nextLook(readAt: number, now: number): number | null {
  const next = looks.find((after) => readAt + after > now);
  return next === undefined ? null : readAt + next;
}

/** Read from its page: what a source gives in full tells its edits itself. */
export function isPageAlone(raw: RawArticle): boolean {
  return raw.kind === 'page' && raw.hints.bodyHtml === undefined;
}
