import { describe, expect, it } from 'vitest';
import { createHttp } from '#src/net/http-client.ts';
import { feedSource } from '#src/sources/feed.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import { pollBench, serveItems as serve, signs, useFeedBench } from '#tests/fakes/feed-bench.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { type FeedItem, rss, testSourceTools } from '#tests/fakes/source-tools.ts';

const bench = useFeedBench();
const serveItems = (items: FeedItem[], more = '') => serve(bench, items, more);
const poll = (cursor: Parameters<typeof pollBench>[1] = null) => pollBench(bench, cursor);
const page = (name: string) => `${bench.server.url}/${name}`;
const item = (name: string, day: number): FeedItem => ({ id: name, url: page(name), title: `Tin ${name}`, day });

sourceContract(feedSource, async () => {
  const site = await fake.startFeedServer();
  const items = new Map<string, FeedItem>();
  const time = manualClock();
  const client = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: time });
  return {
    settings: feedSource.settings.parse({ url: `${site.url}/rss` }),
    tools: testSourceTools(client, time),
    clock: time,
    async publish(name, headline) {
      items.set(name, { id: name, url: `${site.url}/${name}`, title: headline, day: 20 });
      site.on(`/${name}`, fake.answer(200, `<h1>${headline}</h1>`, { 'content-type': 'text/html; charset=utf-8' }));
      site.on('/rss', fake.versioned(rss([...items.values()])));
    },
    breakDown: async () => site.on('/rss', fake.answer(500, 'x')),
    async close() {
      await client.close();
      await site.close();
    },
  };
});

describe('asking', () => {
  it('sends the validators back and takes 304 for unchanged', async () => {
    serveItems([item('a', 20)]);
    const first = await poll();
    const second = await poll(first.cursor);
    expect(second).toMatchObject({ unchanged: true, refs: [] });
    expect(bench.server.requests[1]?.headers['if-none-match']).toMatch(/^"\w+"$/);
  });

  it('drops them after eight days', async () => {
    serveItems([item('a', 20)]);
    const first = await poll();
    bench.clock.advance(8 * 86_400_000);
    await poll(first.cursor);
    expect(bench.server.requests[1]?.headers).not.toHaveProperty('if-none-match');
  });

  it('takes the same bytes for unchanged', async () => {
    bench.server.on('/rss', fake.packed('gzip', rss([item('a', 20)])));
    const first = await poll();
    expect(await poll(first.cursor)).toMatchObject({ unchanged: true });
  });

  it('starts anew at another address', async () => {
    serveItems([item('a', 20)]);
    const { cursor } = await poll();
    bench.server.on('/other', fake.versioned(rss([item('a', 20)])));
    bench.settings = { ...bench.settings, url: page('other') };
    expect((await poll(cursor)).refs).toHaveLength(1);
  });

  it('names an answer without anything, a loop and what is no feed', async () => {
    bench.server.on('/rss', fake.answer(200, ''));
    await expect(poll()).rejects.toThrow('answered with nothing at all');
    bench.server.on('/rss', fake.redirect(302, '/rss'));
    await expect(poll()).rejects.toMatchObject({ kind: 'redirect', message: expect.stringContaining('5 redirects') });
    bench.server.on('/rss', fake.answer(200, '{"items": [', { 'content-type': 'application/feed+json' }));
    await expect(poll()).rejects.toThrow('it is not JSON');
    bench.server.on('/rss', fake.answer(200, Buffer.alloc(2000, '\x89PNG\0\x01')));
    await expect(poll()).rejects.toThrow('does not hold a feed');
  });

  it.each([
    [401, /wants a login \(401\)/],
    [403, /refuses Loa \(403\)/],
    [404, /There is no feed at .* \(404\)/],
    [410, /taken down for good \(410\)/],
  ])('names the answer %i', async (status, message) => {
    bench.server.on('/rss', fake.answer(status, 'x'));
    await expect(poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(message),
      next: expect.any(String),
    });
  });

  it('comes back when it is told to', async () => {
    bench.server.on('/rss', fake.answer(429, '', { 'retry-after': '120' }));
    await expect(poll()).rejects.toMatchObject({ name: 'PollRefused', retryAt: bench.clock.now() + 120_000 });
    bench.server.on('/rss', fake.answer(503, ''));
    await expect(poll()).rejects.toMatchObject({ retryAt: bench.clock.now() + 600_000 });
    bench.server.on('/rss', fake.answer(500, ''));
    await expect(poll()).rejects.toMatchObject({ retryAt: null });
  });

  it('refuses what is too large, a bomb or a document type', async () => {
    bench.server.on('/rss', fake.bomb(40));
    await expect(poll()).rejects.toMatchObject({ kind: 'too-large' });
    bench.server.on('/rss', fake.answer(200, `<!DOCTYPE rss [<!ENTITY a "b">]>${rss([])}`));
    await expect(poll()).rejects.toThrow(/DOCTYPE/);
  });

  it('names the feed that a web page names', async () => {
    bench.server.on(
      '/rss',
      fake.answer(
        200,
        '<!doctype html><html><head><link rel="alternate" type="application/rss+xml" href="/tin.rss"></head></html>',
      ),
    );
    await expect(poll()).rejects.toMatchObject({
      message: expect.stringContaining('web page'),
      next: `That page names this feed: ${page('tin.rss')}`,
    });
  });
});

describe('a broken feed', () => {
  it('is said to be so when it is for the second time', async () => {
    const broken = (n: number) => `<rss><channel><item><title>Tin ${n}<guid>${n}</guid></item><item><title>x`;
    bench.server.on('/rss', fake.answer(200, broken(1)));
    const first = await poll();
    expect(first).toMatchObject({ refs: [{ externalId: '1' }], warnings: [] });
    bench.server.on('/rss', fake.answer(200, broken(2)));
    const second = await poll(first.cursor);
    expect(signs(second.refs)).toEqual(['2 changed']);
    expect(second.warnings).toEqual([expect.stringMatching(/is broken, 2 times in a row: only the plainest/)]);
  });

  it('loses nothing but the entry with a text without end', async () => {
    serveItems([{ ...item('b', 21), title: 'x'.repeat(20_000) }, item('a', 20)]);
    expect(await poll()).toMatchObject({
      refs: [{ externalId: 'a' }],
      warnings: [expect.stringContaining('1 entries')],
    });
  });
});
