/** What a source remembers of the posts it has told of. */
import { z } from 'zod';
import type { ArticleRef } from '#src/core/signal.ts';
import { type CmsPost, changedRef, contentStamp } from '#src/sources/cms/post.ts';

/** Id, time of the edit, stamp of the content, time of publication. */
export const knownPost = z.tuple([z.string(), z.number(), z.string(), z.number()]);
export type KnownPost = z.output<typeof knownPost>;

const mostRemembered = 1000;
/** Edits are told to the second: in the same one there may be another. */
const sameSecond = 2000;

/** Not published any more; should it come back as it was, that is a change. */
export const goneStamp = 'gone';
/** Never was for readers. */
export const leftOutStamp = 'left out';

/** The references of posts that are not known like this, and what is known afterwards, most lately seen last. */
export function findNews(
  posts: readonly CmsPost[],
  known: readonly KnownPost[],
  now: number,
): { refs: ArticleRef[]; known: KnownPost[] } {
  const memory = new Map(known.map((entry) => [entry[0], entry]));
  const refs: ArticleRef[] = [];
  for (const post of posts) {
    const [, modified = 0, before = null] = memory.get(post.id) ?? [];
    const untouched = post.modified !== 0 && modified === post.modified && before !== goneStamp;
    // Pages print the time, counters and random numbers: without an edit they are no change.
    const stamp = untouched && before ? before : contentStamp(post);
    if (stamp !== before) refs.push(changedRef(post, stamp));
    memory.delete(post.id);
    const isSettled = Math.abs(now - post.modified) > sameSecond;
    memory.set(post.id, [post.id, isSettled ? post.modified : 0, stamp, post.published]);
  }
  return { refs, known: [...memory.values()].slice(-mostRemembered) };
}
