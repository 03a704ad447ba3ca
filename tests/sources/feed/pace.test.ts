import { describe, expect, it } from 'vitest';
import { pollBench, serveItems as serve, useFeedBench } from '#tests/fakes/feed-bench.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type FeedItem, rss } from '#tests/fakes/source-tools.ts';

const bench = useFeedBench();
const serveItems = (items: FeedItem[], more = '') => serve(bench, items, more);
const poll = (cursor: Parameters<typeof pollBench>[1] = null) => pollBench(bench, cursor);
const page = (name: string) => `${bench.server.url}/${name}`;
const item = (name: string, day: number): FeedItem => ({ id: name, url: page(name), title: `Tin ${name}`, day });

describe('how often it is worth a look', () => {
  const every = (hours: number) =>
    Array.from({ length: 8 }, (_, n) => ({
      ...item(`t${n}`, 0),
      more: `<pubDate>${new Date(bench.clock.now() - n * hours * 3_600_000).toUTCString()}</pubDate>`,
    }));

  it('comes from how it publishes, unchanged or not', async () => {
    serveItems(every(1));
    const first = await poll();
    expect(first.interval! / 60_000).toBeGreaterThan(13);
    expect(first.interval! / 60_000).toBeLessThan(17);
    bench.clock.advance(1000);
    const second = await poll(first.cursor);
    expect(second.unchanged).toBe(true);
    expect(second.interval! / 60_000).toBeGreaterThan(13);
    expect(second.interval).not.toBe(first.interval);
  });

  it('is not more often than the feed and its bench.server ask for', async () => {
    bench.server.on('/rss', fake.versioned(rss(every(1), '<ttl>45</ttl>'), { 'cache-control': 'max-age=3600' }));
    expect((await poll()).interval).toBeGreaterThanOrEqual(3_600_000);
  });

  it('is more often, and waits less, for the newsroom’s own', async () => {
    bench.tools = { ...bench.tools, site: { ...bench.tools.site, url: bench.server.url } };
    bench.server.on('/rss', fake.versioned(rss(every(0.01), '<ttl>600</ttl>')));
    expect((await poll()).interval).toBe(3_600_000);
    serveItems(every(0.001));
    expect((await poll()).interval).toBeLessThanOrEqual(33_000);
  });
});
