import { describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { feedSource } from '#src/sources/feed.ts';
import { pollBench, serveItems as serve, signs, useFeedBench } from '#tests/fakes/feed-bench.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type FeedItem, rss } from '#tests/fakes/source-tools.ts';

const bench = useFeedBench();
const serveItems = (items: FeedItem[], more = '') => serve(bench, items, more);
const poll = (cursor: Parameters<typeof pollBench>[1] = null) => pollBench(bench, cursor);
const page = (name: string) => `${bench.server.url}/${name}`;
const item = (name: string, day: number): FeedItem => ({ id: name, url: page(name), title: `Tin ${name}`, day });

describe('a hub', () => {
  const link = (rel: string, href: string) =>
    `<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="${rel}" href="${href}"/>`;

  it.each([
    ['in the document', {}, ['https://hub.example/'], 'https://bao.example/rss'],
    [
      'in a Link header before all',
      { link: '<http://a.example/>; rel=hub, <https://b.example/>; title="x, y"; rel="other hub", </tin>; rel="self"' },
      ['https://b.example/', 'http://a.example/'],
      '/tin',
    ],
    [
      'in a Link header without a topic',
      { link: '<https://b.example/>;rel="hub"' },
      ['https://b.example/'],
      'https://bao.example/rss',
    ],
  ])('is found %s', async (_name, headers, hubs, topic) => {
    bench.server.on(
      '/rss',
      fake.versioned(
        rss([], link('hub', 'https://hub.example/') + link('self', 'https://bao.example/rss')),
        headers as Record<string, string>,
      ),
    );
    expect((await poll()).hub).toEqual({ hubs, topic: new URL(topic, bench.server.url).href });
  });

  it('is none where none is named, and left as it was by an unchanged feed', async () => {
    serveItems([item('a', 20)]);
    const first = await poll();
    expect(first.hub).toBeNull();
    expect(await poll(first.cursor)).not.toHaveProperty('hub');
  });

  it('is left as it was by a feed of which only parts could be read', async () => {
    bench.server.on('/rss', fake.answer(200, '<rss><channel><item><title>a<guid>1</guid></item></channel></rss>'));
    expect(await poll()).not.toHaveProperty('hub');
  });

  it('sends copies that add and change, and take nothing away', async () => {
    serveItems([item('c', 22), item('b', 21), item('a', 20)]);
    const { cursor } = await poll();
    const copy = (items: FeedItem[], more = '') =>
      feedSource.absorb!(
        { body: Buffer.from(rss(items, more)), contentType: 'application/rss+xml' },
        cursor,
        bench.settings,
        bench.clock.now(),
      );
    const told = copy([item('d', 23), { ...item('b', 21), title: 'Tin b, sửa' }]);
    expect(signs(told.refs)).toEqual(['b changed', 'd changed']);
    expect(told.cursor).toMatchObject({ hash: (cursor as { hash: string }).hash, validators: expect.anything() });
    // The feed itself may show it later, or never.
    serveItems([{ ...item('b', 21), title: 'Tin b, sửa' }, item('c', 22), item('a', 20)]);
    expect((await poll(told.cursor)).refs).toEqual([]);
    serveItems([item('d', 23), item('c', 22), { ...item('b', 21), title: 'Tin b, sửa' }, item('a', 20)]);
    expect((await poll(told.cursor)).refs).toEqual([]);
    expect(signs(copy([], '<at:deleted-entry ref="a"/>').refs)).toEqual(['a gone']);
  });

  it('sends nothing that counts before the first poll, and nothing unreadable', async () => {
    const absorb = (body: string, cursor: Cursor) => () =>
      feedSource.absorb!({ body: Buffer.from(body), contentType: null }, cursor, bench.settings, bench.clock.now());
    expect(absorb(rss([]), null)).toThrow('was not polled yet');
    serveItems([item('a', 20)]);
    expect(absorb('<html>', (await poll()).cursor)).toThrow('web page');
  });
});
