import { expect, test } from 'vitest';
import type { Cms } from '#src/sources/cms/cms.ts';
import { allPages } from '#src/sources/cms/pages.ts';
import type { CmsPost } from '#src/sources/cms/post.ts';
import { type WatchState, watch } from '#src/sources/cms/watch.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { testSourceTools } from '#tests/fakes/source-tools.ts';

const clock = manualClock();
const tools = testSourceTools({ request: () => Promise.reject(new Error('asked')) }, clock);
const second = 1000;
const hour = 3_600_000;

const post = (id: number, published: number, modified = published, text = ''): CmsPost => ({
  ...{ id: `${id}`, url: `https://bao.example/${id}`, published, modified, hints: { headline: `Tin ${id}${text}` } },
});

const answer = { status: 200, headers: {}, url: '', json: [], isPage: false, validators: null, notBefore: null };

/** A hundred posts a page, as both systems give them. */
function newsroom(posts: CmsPost[]): Cms {
  const list = (all: CmsPost[], from = 1) =>
    allPages(async (page) => {
      const part = all.slice((page - 1) * 100, page * 100);
      return { answer, url: 'x', posts: part, leftOut: [], last: Math.ceil(all.length / 100) };
    }, from);
  const latest = () => posts.toSorted((a, b) => b.published - a.published).slice(0, 50);
  return {
    newest: () => list(latest()),
    changedSince: (at, _validators, from) =>
      list(
        posts.filter(({ modified }) => modified > at).sort((a, b) => a.modified - b.modified),
        from,
      ),
    latest: async () => ({ posts: latest(), isAll: false }),
    byIds: (ids) => list(posts.filter(({ id }) => ids.includes(id))),
    present: async (ids) => new Set(ids),
  };
}

test('thousands edited at the same second are all told of, and edits after them too', async () => {
  const begun = clock.now();
  const posts = Array.from({ length: 900 }, (_, index) => post(index, begun - 10 * hour + index * second));
  const cms = newsroom(posts);
  let state: WatchState | null = (await watch(null, cms, tools)).state;
  for (const [index, { published }] of posts.entries()) posts[index] = post(index, published, begun + hour, ', sửa');
  clock.advance(2 * hour);
  const told = new Set<string>();
  const look = async (): Promise<void> => {
    clock.advance(120 * second);
    const found = await watch(state, cms, tools);
    for (const { title } of found.refs) told.add(title!);
    // As the ledger keeps it.
    state = JSON.parse(JSON.stringify(found.state));
  };
  for (let times = 0; times < 8; times++) await look();
  expect(told.size).toBe(900);
  posts[3] = post(3, posts[3]!.published, clock.now(), ', sửa lần nữa');
  for (let times = 0; times < 8; times++) await look();
  expect(told).toContain('Tin 3, sửa lần nữa');
});

test('an edit dated years ahead hides none of those that follow', async () => {
  const posts = [post(1, clock.now() - hour), post(2, clock.now() - hour, Date.UTC(2036, 0, 1))];
  const cms = newsroom(posts);
  const first = await watch(null, cms, tools);
  clock.advance(hour);
  posts[0] = post(1, posts[0]!.published, clock.now() - second, ', sửa');
  const next = await watch(first.state, cms, tools);
  expect(next.refs.map(({ title }) => title)).toEqual(['Tin 1, sửa']);
  posts[1] = post(2, posts[1]!.published, Date.UTC(2036, 0, 2), ', sửa');
  clock.advance(hour);
  expect((await watch(next.state, cms, tools)).refs.map(({ title }) => title)).toEqual(['Tin 2, sửa']);
});
