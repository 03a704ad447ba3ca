import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { readArticlePage } from '#src/sources/article-page.ts';
import { feedSource } from '#src/sources/feed.ts';
import { createRobots } from '#src/sources/robots.ts';
import type { SourceTools } from '#src/sources/source.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { rss, testSourceTools } from '#tests/fakes/source-tools.ts';

let site: fake.FeedServer;
let http: HttpClient;
let clock: ManualClock;
let tools: SourceTools;

beforeEach(async () => {
  site = await fake.startFeedServer();
  clock = manualClock();
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock });
  tools = { ...testSourceTools(http, clock), robots: createRobots({ http, clock }) };
});
afterEach(async () => {
  await http.close();
  await site.close();
});

const forbid = () => site.on('/robots.txt', fake.answer(200, 'User-agent: Loa\nDisallow: /tin/'));
const readFirst = async (summary: string | undefined) => {
  const settings = feedSource.settings.parse({ url: `${site.url}/rss` });
  const item = { id: 'a', url: `${site.url}/tin/a`, title: 'Tin a', day: 20, ...(summary && { summary }) };
  site.on('/rss', fake.versioned(rss([item])));
  const { refs } = await feedSource.poll(null, settings, tools);
  return feedSource.read(refs[0]!, settings, tools);
};

it('a feed’s entry whose page is forbidden is made from what the feed holds, with a doubt', async () => {
  forbid();
  expect(await readFirst('Cầu treo mở lại sáng nay.')).toMatchObject({
    kind: 'page',
    html: '',
    hints: {
      headline: 'Tin a',
      bodyHtml: 'Cầu treo mở lại sáng nay.',
      doubts: [
        expect.stringMatching(/^robots\.txt of .* does not let Loa read .*: only what the feed holds was taken\.$/),
      ],
    },
  });
  expect(site.requests.map(({ path }) => path)).toEqual(['/rss', '/robots.txt']);
});

it('one that holds nothing is named with what to do, and the feed itself is asked all the same', async () => {
  forbid();
  await expect(readFirst(undefined)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining('does not let Loa read'),
    next: expect.stringContaining('allow the robot "Loa"'),
  });
});

it('a login or a check in the page’s place loses no entry either, and a fault is tried again', async () => {
  site.on('/tin/a', fake.answer(401, ''));
  expect(await readFirst('Tóm tắt.')).toMatchObject({
    hints: { doubts: [expect.stringContaining('wants a login (401)')] },
  });
  site.on('/tin/a', fake.answer(500, ''));
  await expect(readFirst('Tóm tắt.')).rejects.toThrow('has a fault (500)');
});

it('a page whose robots.txt cannot be read is tried again, not given up', async () => {
  site.on('/robots.txt', fake.answer(500, ''));
  const failure = await readArticlePage(`${site.url}/tin/a`, site.url, tools).catch((error) => error);
  expect(failure.message).toMatch(/robots\.txt cannot be read/);
  expect(failure.name).toBe('Error');
});

it('a port that nobody named is not asked for its robots.txt either', async () => {
  const asked: string[] = [];
  const recording: SourceTools = {
    ...tools,
    http: {
      async request({ url }) {
        asked.push(url);
        throw new Error('blocked');
      },
    },
  };
  await expect(readArticlePage(`${site.url}/tin/a`, 'https://bao.example/', recording)).rejects.toThrow('blocked');
  expect(asked).toEqual([`${site.url}/tin/a`]);
  expect(site.requests).toEqual([]);
});
