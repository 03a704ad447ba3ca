import { beforeEach, describe, expect, it } from 'vitest';
import type { Cursor } from '#src/core/signal.ts';
import { createHttp } from '#src/net/http-client.ts';
import { pollBench, signs, useFeedBench } from '#tests/fakes/feed-bench.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type FeedItem, rss, testSourceTools } from '#tests/fakes/source-tools.ts';

const bench = useFeedBench();
const poll = (cursor: Parameters<typeof pollBench>[1] = null) => pollBench(bench, cursor);
const page = (name: string) => `${bench.server.url}/${name}`;
const item = (name: string, day: number): FeedItem => ({ id: name, url: page(name), title: `Tin ${name}`, day });

describe('a feed that has moved', () => {
  const paths = () => bench.server.requests.map(({ path }) => path).join(' ');
  const pollTimes = async (times: number, from: Cursor = null) => {
    let result = await poll(from);
    for (let n = 1; n < times; n++) result = await poll(JSON.parse(JSON.stringify(result.cursor)));
    return result;
  };
  beforeEach(() => {
    bench.server.on('/rss', fake.redirect(301, '/new'));
    bench.server.on('/new', fake.versioned(rss([item('a', 20)])));
  });

  it('is asked at its new address once it was seen there three times in a row', async () => {
    const third = await pollTimes(3);
    expect(third.warnings).toEqual([]);
    expect(paths()).toBe('/rss /new /rss /new /rss /new');
    const fourth = await poll(third.cursor);
    expect(fourth).toMatchObject({ refs: [], unchanged: true });
    expect(paths()).toMatch(/\/new \/new$/);
    bench.server.on('/new', fake.versioned(rss([item('b', 21), item('a', 20)])));
    expect((await poll(fourth.cursor)).warnings).toEqual([
      `the feed has moved for good to ${page('new')} and is asked there from now on; change its url in the settings`,
    ]);
  });

  it('is asked at its old address where the new one fails', async () => {
    const { cursor } = await pollTimes(3);
    bench.server.on('/new', fake.answer(404, ''));
    bench.server.on('/rss', fake.versioned(rss([item('b', 21), item('a', 20)])));
    const back = await poll(cursor);
    expect(signs(back.refs)).toEqual(['b changed']);
    await poll(back.cursor);
    expect(paths()).toMatch(/\/new \/rss \/rss$/);
  });

  it('stays where it was after a redirect in between, and after one that is not for good', async () => {
    const { cursor } = await pollTimes(2);
    bench.server.on('/rss', fake.redirect(302, '/new'));
    const { cursor: next } = await pollTimes(4, cursor);
    bench.server.requests.length = 0;
    await poll(next);
    expect(paths()).toBe('/rss /new');
  });

  it('stays where it was when a login page stands at the new address', async () => {
    bench.server.on('/new', fake.answer(200, '<!doctype html><title>Đăng nhập</title>'));
    await expect(poll()).rejects.toThrow('web page');
  });

  it('goes to another site only when the operator says so', async () => {
    await bench.http.close();
    const lookup = async () => [{ address: '127.0.0.1', family: 4 }];
    bench.http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test', clock: bench.clock, lookup });
    bench.tools = testSourceTools(bench.http, bench.clock);
    const { port } = new URL(bench.server.url);
    bench.settings = { ...bench.settings, url: `http://bao.example:${port}/rss` };
    bench.server.on('/rss', fake.redirect(301, `http://khac.example:${port}/new`));
    const { cursor } = await pollTimes(3);
    bench.server.on('/new', fake.versioned(rss([item('b', 21), item('a', 20)])));
    bench.server.requests.length = 0;
    const fourth = await poll(cursor);
    expect(paths()).toBe('/rss /new');
    expect(fourth.warnings).toEqual([expect.stringMatching(/khac\.example.* on another site; change its url/)]);
    bench.server.on('/rss', fake.redirect(308, `http://rss.bao.example:${port}/new`));
    const moved = await pollTimes(3, fourth.cursor);
    bench.server.requests.length = 0;
    await poll(moved.cursor);
    expect(paths()).toBe('/new');
  });
});
