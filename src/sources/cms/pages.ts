import { HttpFailure } from '#src/core/errors.ts';
import type { LeftOut, Listed, ListValidators } from '#src/sources/cms/cms.ts';
import type { JsonAnswer } from '#src/sources/cms/json-answer.ts';
import type { CmsPost } from '#src/sources/cms/post.ts';

/** One page of a list, read. `last`: how many pages there are. */
export interface PostPage {
  answer: JsonAnswer;
  url: string;
  posts: CmsPost[];
  leftOut: LeftOut[];
  last: number;
}

/** At a hundred posts each more than any newsroom edits between two looks; the next look asks for the rest. */
const mostPages = 5;

/** Every page of a list, from the one on. `ask` gives null for one that lies beyond the end, or did not change. */
export async function allPages(ask: (page: number) => Promise<PostPage | null>, from = 1): Promise<Listed> {
  const pages: PostPage[] = [];
  let isAll = true;
  for (let number = from; ; number++) {
    const page = await ask(number);
    if (page === null) break;
    pages.push(page);
    if (number >= page.last) break;
    if (pages.length >= mostPages) {
      isAll = false;
      break;
    }
  }
  const waits = pages.flatMap(({ answer }) => answer.notBefore ?? []);
  return {
    posts: pages.flatMap(({ posts }) => posts),
    leftOut: pages.flatMap(({ leftOut }) => leftOut),
    pages: pages.length,
    isAll,
    validators: pages.length === 1 && from === 1 ? validatorsFor(pages[0]!) : null,
    notBefore: waits.length > 0 ? Math.max(...waits) : null,
  };
}

function validatorsFor({ answer, url }: PostPage): ListValidators | null {
  return answer.validators && { ...answer.validators, url };
}

/**
 * A list with all that its posts hold; where that is too large, with their names alone (`brief`), and each is asked for
 * by itself when it is read. A list of one post (`isOne`) cannot be made smaller.
 */
export async function askOrNames<T>(
  whole: () => Promise<T>,
  names: () => Promise<T>,
  isOne: boolean,
): Promise<{ asked: T; brief: boolean }> {
  try {
    return { asked: await whole(), brief: false };
  } catch (error) {
    if (!(error instanceof HttpFailure) || error.kind !== 'too-large' || isOne) throw error;
    return { asked: await names(), brief: true };
  }
}

/** What was read of each post: those to go on with, and those that are left out. */
export function partPosts(
  read: readonly ({ post: CmsPost } | { leftOut: LeftOut } | null)[],
): Pick<PostPage, 'posts' | 'leftOut'> {
  const found = read.filter((each) => each !== null);
  return {
    posts: found.flatMap((each) => ('post' in each ? each.post : [])),
    leftOut: found.flatMap((each) => ('leftOut' in each ? each.leftOut : [])),
  };
}
