import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { feedSource } from '#src/sources/feed.ts';
import type { SourceTools } from '#src/sources/source.ts';
import { sourceContract } from '#tests/contracts/source-contract.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { type FeedItem, rss, testSourceTools } from '#tests/fakes/source-tools.ts';

let server: fake.FeedServer;
let http: HttpClient;
let clock: ManualClock;
let tools: SourceTools;
let settings: ReturnType<typeof feedSource.settings.parse>;

beforeEach(async () => {
  server = await fake.startFeedServer();
  clock = manualClock();
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test', clock });
  tools = testSourceTools(http, clock);
  settings = feedSource.settings.parse({ url: `${server.url}/rss` });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

const serveItems = (items: FeedItem[], more = '') => server.on('/rss', fake.versioned(rss(items, more)));
const poll = (cursor: Cursor = null) => feedSource.poll(cursor, settings, tools);
const page = (name: string) => `${server.url}/${name}`;
const item = (name: string, day: number): FeedItem => ({ id: name, url: page(name), title: `Tin ${name}`, day });
const signs = (refs: { externalId: string; sign: string }[]) =>
  refs.map(({ externalId, sign }) => `${externalId} ${sign}`);

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
    expect(server.requests[1]?.headers['if-none-match']).toMatch(/^"\w+"$/);
  });

  it('drops them after eight days', async () => {
    serveItems([item('a', 20)]);
    const first = await poll();
    clock.advance(8 * 86_400_000);
    await poll(first.cursor);
    expect(server.requests[1]?.headers).not.toHaveProperty('if-none-match');
  });

  it('takes the same bytes for unchanged', async () => {
    server.on('/rss', fake.packed('gzip', rss([item('a', 20)])));
    const first = await poll();
    expect(await poll(first.cursor)).toMatchObject({ unchanged: true });
  });

  it('starts anew at another address', async () => {
    serveItems([item('a', 20)]);
    const { cursor } = await poll();
    server.on('/other', fake.versioned(rss([item('a', 20)])));
    settings = { ...settings, url: page('other') };
    expect((await poll(cursor)).refs).toHaveLength(1);
  });

  it('names an answer without anything, a loop and what is no feed', async () => {
    server.on('/rss', fake.answer(200, ''));
    await expect(poll()).rejects.toThrow('answered with nothing at all');
    server.on('/rss', fake.redirect(302, '/rss'));
    await expect(poll()).rejects.toMatchObject({ kind: 'redirect', message: expect.stringContaining('5 redirects') });
    server.on('/rss', fake.answer(200, '{"items": [', { 'content-type': 'application/feed+json' }));
    await expect(poll()).rejects.toThrow('it is not JSON');
    server.on('/rss', fake.answer(200, Buffer.alloc(2000, '\x89PNG\0\x01')));
    await expect(poll()).rejects.toThrow('does not hold a feed');
  });

  it.each([
    [401, /wants a login \(401\)/],
    [403, /refuses Loa \(403\)/],
    [404, /There is no feed at .* \(404\)/],
    [410, /taken down for good \(410\)/],
  ])('names the answer %i', async (status, message) => {
    server.on('/rss', fake.answer(status, 'x'));
    await expect(poll()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringMatching(message),
      next: expect.any(String),
    });
  });

  it('comes back when it is told to', async () => {
    server.on('/rss', fake.answer(429, '', { 'retry-after': '120' }));
    await expect(poll()).rejects.toMatchObject({ name: 'PollRefused', retryAt: clock.now() + 120_000 });
    server.on('/rss', fake.answer(503, ''));
    await expect(poll()).rejects.toMatchObject({ retryAt: clock.now() + 600_000 });
    server.on('/rss', fake.answer(500, ''));
    await expect(poll()).rejects.toMatchObject({ retryAt: null });
  });

  it('refuses what is too large, a bomb or a document type', async () => {
    server.on('/rss', fake.bomb(40));
    await expect(poll()).rejects.toMatchObject({ kind: 'too-large' });
    server.on('/rss', fake.answer(200, `<!DOCTYPE rss [<!ENTITY a "b">]>${rss([])}`));
    await expect(poll()).rejects.toThrow(/DOCTYPE/);
  });

  it('names the feed that a web page names', async () => {
    server.on(
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

describe('a feed that has moved', () => {
  const paths = () => server.requests.map(({ path }) => path).join(' ');
  const pollTimes = async (times: number, from: Cursor = null) => {
    let result = await poll(from);
    for (let n = 1; n < times; n++) result = await poll(JSON.parse(JSON.stringify(result.cursor)));
    return result;
  };
  beforeEach(() => {
    server.on('/rss', fake.redirect(301, '/new'));
    server.on('/new', fake.versioned(rss([item('a', 20)])));
  });

  it('is asked at its new address once it was seen there three times in a row', async () => {
    const third = await pollTimes(3);
    expect(third.warnings).toEqual([]);
    expect(paths()).toBe('/rss /new /rss /new /rss /new');
    const fourth = await poll(third.cursor);
    expect(fourth).toMatchObject({ refs: [], unchanged: true });
    expect(paths()).toMatch(/\/new \/new$/);
    server.on('/new', fake.versioned(rss([item('b', 21), item('a', 20)])));
    expect((await poll(fourth.cursor)).warnings).toEqual([
      `the feed has moved for good to ${page('new')} and is asked there from now on; change its url in the settings`,
    ]);
  });

  it('is asked at its old address where the new one fails', async () => {
    const { cursor } = await pollTimes(3);
    server.on('/new', fake.answer(404, ''));
    server.on('/rss', fake.versioned(rss([item('b', 21), item('a', 20)])));
    const back = await poll(cursor);
    expect(signs(back.refs)).toEqual(['b changed']);
    await poll(back.cursor);
    expect(paths()).toMatch(/\/new \/rss \/rss$/);
  });

  it('stays where it was after a redirect in between, and after one that is not for good', async () => {
    const { cursor } = await pollTimes(2);
    server.on('/rss', fake.redirect(302, '/new'));
    const { cursor: next } = await pollTimes(4, cursor);
    server.requests.length = 0;
    await poll(next);
    expect(paths()).toBe('/rss /new');
  });

  it('stays where it was when a login page stands at the new address', async () => {
    server.on('/new', fake.answer(200, '<!doctype html><title>Đăng nhập</title>'));
    await expect(poll()).rejects.toThrow('web page');
  });

  it('goes to another site only when the operator says so', async () => {
    await http.close();
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test', clock, lookup });
    tools = testSourceTools(http, clock);
    const { port } = new URL(server.url);
    settings = { ...settings, url: `http://bao.example:${port}/rss` };
    server.on('/rss', fake.redirect(301, `http://khac.example:${port}/new`));
    const { cursor } = await pollTimes(3);
    server.on('/new', fake.versioned(rss([item('b', 21), item('a', 20)])));
    server.requests.length = 0;
    const fourth = await poll(cursor);
    expect(paths()).toBe('/rss /new');
    expect(fourth.warnings).toEqual([expect.stringMatching(/khac\.example.* on another site; change its url/)]);
    server.on('/rss', fake.redirect(308, `http://rss.bao.example:${port}/new`));
    const moved = await pollTimes(3, fourth.cursor);
    server.requests.length = 0;
    await poll(moved.cursor);
    expect(paths()).toBe('/new');
  });
});

describe('how often it is worth a look', () => {
  const every = (hours: number) =>
    Array.from({ length: 8 }, (_, n) => ({
      ...item(`t${n}`, 0),
      more: `<pubDate>${new Date(clock.now() - n * hours * 3_600_000).toUTCString()}</pubDate>`,
    }));

  it('comes from how it publishes, unchanged or not', async () => {
    serveItems(every(1));
    const first = await poll();
    expect(first.interval! / 60_000).toBeGreaterThan(13);
    expect(first.interval! / 60_000).toBeLessThan(17);
    clock.advance(1000);
    const second = await poll(first.cursor);
    expect(second.unchanged).toBe(true);
    expect(second.interval! / 60_000).toBeGreaterThan(13);
    expect(second.interval).not.toBe(first.interval);
  });

  it('is not more often than the feed and its server ask for', async () => {
    server.on('/rss', fake.versioned(rss(every(1), '<ttl>45</ttl>'), { 'cache-control': 'max-age=3600' }));
    expect((await poll()).interval).toBeGreaterThanOrEqual(3_600_000);
  });

  it('is more often, and waits less, for the newsroom’s own', async () => {
    tools = { ...tools, site: { ...tools.site, url: server.url } };
    server.on('/rss', fake.versioned(rss(every(0.01), '<ttl>600</ttl>')));
    expect((await poll()).interval).toBe(3_600_000);
    serveItems(every(0.001));
    expect((await poll()).interval).toBeLessThanOrEqual(33_000);
  });
});

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
    server.on(
      '/rss',
      fake.versioned(
        rss([], link('hub', 'https://hub.example/') + link('self', 'https://bao.example/rss')),
        headers as Record<string, string>,
      ),
    );
    expect((await poll()).hub).toEqual({ hubs, topic: new URL(topic, server.url).href });
  });

  it('is none where none is named, and left as it was by an unchanged feed', async () => {
    serveItems([item('a', 20)]);
    const first = await poll();
    expect(first.hub).toBeNull();
    expect(await poll(first.cursor)).not.toHaveProperty('hub');
  });

  it('sends copies that add and change, and take nothing away', async () => {
    serveItems([item('c', 22), item('b', 21), item('a', 20)]);
    const { cursor } = await poll();
    const copy = (items: FeedItem[], more = '') =>
      feedSource.absorb!(
        { body: Buffer.from(rss(items, more)), contentType: 'application/rss+xml' },
        cursor,
        settings,
        clock.now(),
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
      feedSource.absorb!({ body: Buffer.from(body), contentType: null }, cursor, settings, clock.now());
    expect(absorb(rss([]), null)).toThrow('was not polled yet');
    serveItems([item('a', 20)]);
    expect(absorb('<html>', (await poll()).cursor)).toThrow('web page');
  });
});

describe('a broken feed', () => {
  it('is said to be so when it is for the second time', async () => {
    const broken = (n: number) => `<rss><channel><item><title>Tin ${n}<guid>${n}</guid></item><item><title>x`;
    server.on('/rss', fake.answer(200, broken(1)));
    const first = await poll();
    expect(first).toMatchObject({ refs: [{ externalId: '1' }], warnings: [] });
    server.on('/rss', fake.answer(200, broken(2)));
    const second = await poll(first.cursor);
    expect(signs(second.refs)).toEqual(['2 changed']);
    expect(second.warnings).toEqual([expect.stringMatching(/not well-formed, 2 times in a row: only the plainest/)]);
  });

  it('loses nothing but the entry with a text without end', async () => {
    serveItems([{ ...item('b', 21), title: 'x'.repeat(20_000) }, item('a', 20)]);
    expect(await poll()).toMatchObject({
      refs: [{ externalId: 'a' }],
      warnings: [expect.stringContaining('1 entries')],
    });
  });
});

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
    expect(await feedSource.read(refs[0]!, settings, tools)).toMatchObject({ kind: 'gone', certain: true });
  });
});

describe('reading', () => {
  const long = `<p>${'Sáng nay, người dân ven sông đón chiếc cầu mới. '.repeat(15)}</p>`;
  const readFirst = async () => feedSource.read((await poll()).refs[0]!, settings, tools);

  it('takes an entry that is the whole article as it is, with all that it says', async () => {
    const more = `<author>an@bao.example (Lê An)</author><category>Thời sự</category><category>cầu</category>
      <media:content url="/cau.jpg" medium="image" width="1200" height="800"><media:description>Cầu nhìn từ bờ nam</media:description><media:credit>Lê An</media:credit></media:content>`;
    serveItems([{ ...item('a', 20), summary: 'Ngắn.', content: long, more }]);
    expect(await readFirst()).toEqual({
      kind: 'page',
      url: page('a'),
      html: '',
      hints: {
        headline: 'Tin a',
        lead: 'Ngắn.',
        byline: ['Lê An'],
        section: 'Thời sự',
        tags: ['cầu'],
        publishedAt: 'Fri, 20 Nov 2026 03:00:00 GMT',
        url: page('a'),
        photos: [{ url: page('cau.jpg'), caption: 'Cầu nhìn từ bờ nam', credit: 'Lê An', width: 1200, height: 800 }],
        bodyHtml: long,
      },
    });
  });

  it('fetches the page of one that is not, whatever its charset', async () => {
    serveItems([{ ...item('a', 20), summary: 'Ngắn.' }]);
    server.on(
      '/a',
      fake.answer(200, Buffer.from([0x63, 0x61, 0xfb, 0x6e]), { 'content-type': 'text/html; charset=windows-1252' }),
    );
    expect(await readFirst()).toMatchObject({ kind: 'page', html: 'caûn', url: page('a') });
  });

  it('does not take the bytes of a file for a page', async () => {
    serveItems([{ ...item('a', 20), summary: 'Ngắn.' }]);
    server.on('/a', fake.answer(200, Buffer.alloc(3000, '%PDF-1.7\0\x01\x02'), { 'content-type': 'text/html' }));
    await expect(readFirst()).rejects.toThrow('no text but the bytes of some file');
  });

  it.each([
    [410, true],
    [404, false],
  ])('takes %i for gone, certain: %s', async (status, certain) => {
    serveItems([item('a', 20)]);
    server.on('/a', fake.answer(status, ''));
    expect(await readFirst()).toMatchObject({ kind: 'gone', certain });
  });

  it('throws for any other answer', async () => {
    serveItems([item('a', 20)]);
    server.on('/a', fake.answer(500, ''));
    await expect(readFirst()).rejects.toThrow('has a fault (500)');
  });

  it('leaves alone what left the feed and still stands', async () => {
    const payload = { told: false };
    const ref = { externalId: 'a', url: page('a'), title: null, stamp: 'x', sign: 'gone' as const, payload };
    server.on('/a', fake.answer(200, '<p>x</p>'));
    expect(await feedSource.read(ref, settings, tools)).toBeNull();
    server.on('/a', fake.answer(404, ''));
    expect(await feedSource.read(ref, settings, tools)).toMatchObject({ kind: 'gone', certain: false });
  });
});
