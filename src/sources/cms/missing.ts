/** Posts that are no longer published: no list tells of them, so that those that are known are asked for. */
import type { ArticleRef } from '#src/core/signal.ts';
import type { Cms, Latest, Listed } from '#src/sources/cms/cms.ts';
import { goneStamp, type KnownPost, leftOutStamp } from '#src/sources/cms/known-posts.ts';
import { goneRef } from '#src/sources/cms/post.ts';

export interface Missing {
  refs: ArticleRef[];
  known: KnownPost[];
  /** Published again. */
  back: Pick<Listed, 'posts' | 'leftOut'>;
  warnings: string[];
}

/** The newest are asked for in every turn, the others one after another. */
const perTurn = 50;
const everyNthPoll = 3;
/** Ids that a request takes. */
const mostAsked = 100;

export async function findMissing(
  cms: Cms,
  { known, latest, polls, now }: { known: KnownPost[]; latest: Latest; polls: number; now: number },
): Promise<Missing> {
  const none: Missing = { refs: [], known, back: { posts: [], leftOut: [] }, warnings: [] };
  const turn = polls % everyNthPoll === 0 ? turnOf(known, polls / everyNthPoll) : [];
  const asked = [...new Set([...unlisted(known, latest), ...turn])].slice(0, mostAsked);
  if (asked.length === 0) return none;
  const present = await cms.present(asked.map(([id]) => id));

  const standing = asked.filter(([, , stamp]) => stamp !== goneStamp);
  const missing = standing.filter(([id]) => !present.has(id));
  const all = Math.max(standing.length, latest.posts.length + missing.length);
  if (missing.length > 2 && missing.length * 2 > all) {
    const warning = `${missing.length} of ${all} posts are not published any more; that looks like a fault of the site, and nothing is withdrawn`;
    return { ...none, warnings: [warning] };
  }
  const returned = asked.filter(([id, , stamp]) => stamp === goneStamp && present.has(id)).map(([id]) => id);
  const gone = new Set(missing.map(([id]) => id));
  return {
    // With the time: the same post may go, come back and go again.
    refs: missing.map(([id]) => goneRef(id, `${goneStamp} ${now}`, null)),
    known: known.map((entry) => (gone.has(entry[0]) ? [entry[0], entry[1], goneStamp, entry[3]] : entry)),
    back: returned.length > 0 ? await cms.byIds(returned) : none.back,
    warnings: [],
  };
}

/** What should stand among the latest and does not. */
function unlisted(known: readonly KnownPost[], { posts, isAll }: Latest): KnownPost[] {
  const listed = new Set(posts.map(({ id }) => id));
  const oldest = isAll ? -1 : Math.min(...posts.map(({ published }) => published));
  const isStanding = (stamp: string) => stamp !== goneStamp && stamp !== leftOutStamp;
  return known.filter(([id, , stamp, published]) => published > oldest && isStanding(stamp) && !listed.has(id));
}

function turnOf(all: readonly KnownPost[], turn: number): KnownPost[] {
  const known = all.filter(([, , stamp]) => stamp !== leftOutStamp);
  const earlier = known.slice(0, -perTurn);
  const turns = Math.max(1, Math.ceil(earlier.length / perTurn));
  const from = (turn % turns) * perTurn;
  return [...known.slice(-perTurn), ...earlier.slice(from, from + perTurn)];
}
