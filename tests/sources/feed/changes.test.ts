import { describe, expect, it } from 'vitest';
import { feedSource } from '#src/sources/feed.ts';
import { pollBench, serveItems as serve, signs, useFeedBench } from '#tests/fakes/feed-bench.ts';
import type { FeedItem } from '#tests/fakes/source-tools.ts';

const bench = useFeedBench();
const serveItems = (items: FeedItem[], more = '') => serve(bench, items, more);
const poll = (cursor: Parameters<typeof pollBench>[1] = null) => pollBench(bench, cursor);
const page = (name: string) => `${bench.server.url}/${name}`;
const item = (name: string, day: number): FeedItem => ({ id: name, url: page(name), title: `Tin ${name}`, day });

describe('changes', () => {
  it('come oldest first, and only new and changed ones', async () => {
    serveItems([item('b', 21), item('a', 20)]);
    const first = await poll();
    expect(signs(first.refs)).toEqual(['a changed', 'b changed']);
    serveItems([item('c', 22), { ...item('b', 21), title: 'Tin b, sửa' }, item('a', 20)]);
    expect(signs((await poll(first.cursor)).refs)).toEqual(['b changed', 'c changed']);
  });

  it('are none where only dates or spaces differ', async () => {
    serveItems([item('a', 20)]);
    const first = await poll();
    serveItems([{ ...item('a', 23), title: ' Tin  a ' }]);
    expect(await poll(first.cursor)).toMatchObject({ refs: [], unchanged: true });
  });

  it('are found in entries without an id, and in several with the same', async () => {
    serveItems([
      { url: page('x'), title: 'X' },
      { id: 'same', url: page('y'), title: 'Y' },
      { id: 'same', url: page('z'), title: 'Z' },
    ]);
    const ids = (await poll()).refs.map(({ externalId }) => externalId);
    expect(ids).toEqual([`same ${page('z')}`, `same ${page('y')}`, page('x')]);
  });

  it('are told under their new ids when all ids change, and nothing is gone', async () => {
    serveItems([item('b', 21), item('a', 20)]);
    const first = await poll();
    serveItems([
      { ...item('b', 21), id: 'new-b' },
      { ...item('a', 20), id: 'new-a' },
    ]);
    const { refs } = await poll(first.cursor);
    expect(refs.map(({ externalId, sign }) => [externalId, sign])).toEqual([
      ['new-a', 'changed'],
      ['new-b', 'changed'],
    ]);
  });

  it('ask after what vanished from the middle, not after what left at the end', async () => {
    serveItems([item('c', 22), item('b', 21), item('a', 20)]);
    const first = await poll();
    serveItems([item('d', 23), item('c', 22)]);
    const scrolled = await poll(first.cursor);
    expect(signs(scrolled.refs)).toEqual(['d changed']);
    serveItems([item('c', 22), item('a', 20)]);
    const second = await poll(first.cursor);
    expect(signs(second.refs)).toEqual(['b gone']);
    expect(signs((await poll(second.cursor)).refs)).toEqual([]);
    serveItems([item('c', 22), item('b', 21), item('a', 20)]);
    expect(signs((await poll(second.cursor)).refs)).toEqual(['b changed']);
  });

  it('keep what was there when the feed is suddenly empty or another', async () => {
    serveItems([item('c', 22), item('b', 21), item('a', 20)]);
    const first = await poll();
    serveItems([]);
    const empty = await poll(first.cursor);
    expect(empty).toMatchObject({ refs: [], warnings: [expect.stringContaining('is empty')] });
    serveItems([item('q', 1)]);
    const other = await poll(empty.cursor);
    expect(signs(other.refs)).toEqual(['q changed']);
    expect(other.warnings).toEqual([expect.stringContaining('another feed')]);
  });

  it('hear of a deleted entry', async () => {
    serveItems([item('b', 21), item('a', 20)]);
    const first = await poll();
    serveItems([item('b', 21)], '<at:deleted-entry ref="a" when="2026-11-25T00:00:00Z"/>');
    const { refs } = await poll(first.cursor);
    expect(signs(refs)).toEqual(['a gone']);
    expect(await feedSource.read(refs[0]!, bench.settings, bench.tools)).toMatchObject({ kind: 'gone', certain: true });
  });
});
