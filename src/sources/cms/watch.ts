/** How a content management system is watched, whichever it is. */
import { z } from 'zod';
import type { ArticleRef } from '#src/core/signal.ts';
import type { Cms, Latest, Listed } from '#src/sources/cms/cms.ts';
import { findNews, type KnownPost, knownPost, leftOutStamp } from '#src/sources/cms/known-posts.ts';
import { findMissing } from '#src/sources/cms/missing.ts';
import type { CmsPost } from '#src/sources/cms/post.ts';
import type { SourceTools } from '#src/sources/source.ts';

export const watchState = z.object({
  /** The newest edit that was told of. */
  since: z.number(),
  /** What is older than the first look's oldest is no news. */
  floor: z.number(),
  known: z.array(knownPost),
  /** Pages of the list of edits that held nothing new, where it is too long for one look. */
  passed: z.number().default(0),
  polls: z.number(),
  /** Of the last list of edits; they hold for its very address. */
  validators: z
    .object({ etag: z.string().nullable(), lastModified: z.string().nullable(), since: z.number(), url: z.string() })
    .nullable(),
});

export type WatchState = z.output<typeof watchState>;

export interface Watched {
  /** Oldest first. */
  refs: ArticleRef[];
  state: WatchState;
  warnings: string[];
  notBefore: number | null;
}

/** One look: what is new, changed or gone since the state of the last one; null before the first. */
export async function watch(state: WatchState | null, cms: Cms, tools: SourceTools): Promise<Watched> {
  return state === null || state.known.length === 0 ? lookFirst(cms, tools.clock.now()) : lookAgain(state, cms, tools);
}

async function lookFirst(cms: Cms, now: number): Promise<Watched> {
  const listed = await cms.newest();
  const posts = listed.posts.toReversed().sort((a, b) => a.published - b.published);
  const { refs, known, warnings } = take({ ...listed, posts }, [], now);
  const state: WatchState = {
    since: newestEdit(listed.posts, 0, now),
    floor: listed.isAll ? 0 : Math.min(now, ...listed.posts.map(({ published }) => published)),
    known,
    passed: 0,
    polls: 1,
    validators: null,
  };
  return { refs, state, warnings, notBefore: listed.notBefore };
}

async function lookAgain(before: WatchState, cms: Cms, tools: SourceTools): Promise<Watched> {
  const now = tools.clock.now();
  // A site that does not say when its posts were edited is asked for the newest.
  const edited =
    before.since === 0
      ? await cms.newest()
      : await cms.changedSince(
          before.since - overlapAt(now, tools.site.timezone),
          before.validators,
          before.passed + 1,
        );
  const news = take(edited, before.known, now);
  const latest = await cms.latest();
  const due = take(await withoutEdit(cms, latest, before.floor, news.known), news.known, now);
  const missing = await findMissing(cms, { known: due.known, latest, polls: before.polls, now });
  const back = take(missing.back, missing.known, now);

  const refs = [...news.refs, ...due.refs, ...back.refs, ...missing.refs];
  // Edits made while several pages were asked for push posts from one page to another: the next look asks again.
  const isSettled = edited.pages <= 1 || news.refs.length === 0;
  const isOver = isSettled && edited.isAll;
  const state: WatchState = {
    ...before,
    since: isOver ? newestEdit(edited.posts, before.since, now) : before.since,
    // One page is asked for twice: by then posts may have moved from the next one to it.
    passed: isOver ? 0 : before.passed + (isSettled ? edited.pages - 1 : 0),
    known: back.known,
    polls: before.polls + 1,
    // A list that did not change has no page.
    validators: edited.pages === 0 ? before.validators : edited.validators,
  };
  const warnings = [...news.warnings, ...due.warnings, ...missing.warnings, ...back.warnings];
  return { refs, state, warnings, notBefore: edited.notBefore };
}

/** A clock that was wrong once, or somebody's joke, must not hide what is edited until then. */
function newestEdit(posts: readonly CmsPost[], since: number, now: number): number {
  return Math.max(since, ...posts.map(({ modified }) => Math.min(modified, now)));
}

function take({ posts, leftOut }: Pick<Listed, 'posts' | 'leftOut'>, before: readonly KnownPost[], now: number) {
  const { refs, known } = findNews(posts, before, now);
  const memory = new Map(known.map((entry) => [entry[0], entry]));
  const warnings: string[] = [];
  for (const { id, title, modified, reason } of leftOut) {
    const [, at, stamp, published = 0] = memory.get(id) ?? [];
    // Said once per edit.
    if (at === modified) continue;
    warnings.push(`“${(title ?? id).slice(0, 120)}” is left out: ${reason}`);
    // One that was told of is missed by the next look after what is gone.
    memory.set(id, [id, modified, stamp ?? leftOutStamp, published]);
  }
  return { refs, known: [...memory.values()], warnings };
}

/** Posts that came out on the day they were set for: that is no edit, so that no list of edits holds them. */
async function withoutEdit(
  cms: Cms,
  latest: Latest,
  floor: number,
  known: readonly KnownPost[],
): Promise<Pick<Listed, 'posts' | 'leftOut'>> {
  const ids = new Set(known.map(([id]) => id));
  const unseen = latest.posts.filter(({ id, published }) => !ids.has(id) && published > floor).map(({ id }) => id);
  if (unseen.length === 0) return { posts: [], leftOut: [] };
  const listed = await cms.byIds(unseen);
  return { ...listed, posts: listed.posts.sort((a, b) => a.published - b.published) };
}

const minute = 60_000;

/**
 * Systems that compare by the site's wall clock show an hour twice when summer time ends; otherwise five minutes are
 * for edits that were still being saved.
 */
function overlapAt(now: number, zone: string): number {
  const offset = (at: number) => Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone).offsetNanoseconds;
  return offset(now) < offset(now - 120 * minute) ? 65 * minute : 5 * minute;
}
