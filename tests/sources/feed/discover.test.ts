import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { feedSource } from '#src/sources/feed.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { rss, testSourceTools } from '#tests/fakes/source-tools.ts';

let server: fake.FeedServer;
let http: HttpClient;

beforeEach(async () => {
  server = await fake.startFeedServer();
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'x', clock: manualClock() });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

const long = `<p>${'Người dân hai bờ suối đón cây cầu treo mới. '.repeat(15)}</p>`;
const items = (count: number, name: string, content = '') =>
  Array.from({ length: count }, (_, n) => ({
    id: `${name}-${n}`,
    url: `${server.url}/${name}-${n}`,
    title: `Tin ${n}`,
    content,
  }));
const feed = (path: string, count: number, content = '') =>
  server.on(
    path,
    fake.answer(200, rss(items(count, path.replace(/\W+/g, ''), content)), { 'content-type': 'text/xml' }),
  );
const link = (href: string, type = 'application/rss+xml') => `<link rel="alternate" type="${type}" href="${href}">`;

function discover(html: string) {
  const site = { url: `${server.url}/`, html: `<!doctype html><html><head>${html}</head><body></body></html>` };
  return feedSource.discover!(site, testSourceTools(http, manualClock()));
}

const urls = (found: Awaited<ReturnType<typeof discover>>) =>
  found.map(({ settings }) => String(settings['url']).replace(server.url, ''));

describe('the feeds of a site', () => {
  it('are those its page names, the main one first, comments last', async () => {
    feed('/comments/feed/', 30);
    feed('/thoi-su/feed/', 20);
    feed('/feed/', 10, long);
    server.on('/gone.rss', fake.answer(404, ''));
    const found = await discover(
      [link('/comments/feed/'), link('/gone.rss'), link('/thoi-su/feed/'), link('/feed/', 'application/atom+xml')].join(
        '',
      ),
    );
    expect(urls(found)).toEqual(['/feed/', '/thoi-su/feed/', '/comments/feed/']);
    expect(found[0]).toEqual({
      settings: { url: `${server.url}/feed/`, fullText: true },
      found: 'an RSS feed “Báo Ví Dụ” with 10 articles, whole texts',
      guesses: { fullText: expect.stringContaining('Every entry') },
      needs: null,
    });
    expect(found[1]).toMatchObject({ found: 'an RSS feed “Báo Ví Dụ” with 20 articles, summaries alone', guesses: {} });
    expect(feedSource.settings.safeParse(found[0]?.settings).success).toBe(true);
    expect(server.requests.map(({ path }) => path)).not.toContain('/rss');
  });

  it('are looked for at the usual addresses where it names none', async () => {
    feed('/rss.xml', 5);
    const found = await discover('');
    expect(urls(found)).toEqual(['/rss.xml']);
    expect(found[0]?.guesses).toEqual({ url: expect.stringContaining('names no feed') });
  });

  it('are found on a page that lists them', async () => {
    server.on(
      '/rss',
      fake.answer(200, '<!doctype html><a href="/rss/the-thao.rss">Thể thao</a><a href="rss/tin-moi.rss">Mới</a>', {
        'content-type': 'text/html',
      }),
    );
    feed('/rss/tin-moi.rss', 9);
    feed('/rss/the-thao.rss', 20);
    expect(urls(await discover('<a href="/rss" title="RSS">RSS</a>'))).toEqual([
      '/rss/tin-moi.rss',
      '/rss/the-thao.rss',
    ]);
  });

  it('are given once, whatever their formats', async () => {
    feed('/feed.rss', 3);
    const same = items(3, 'feedrss').map(
      ({ id, url, title }) => `<entry><id>${id}</id><title>${title}</title><link href="${url}"/></entry>`,
    );
    server.on(
      '/feed.atom',
      fake.answer(200, `<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>${same.join('')}</feed>`),
    );
    expect(urls(await discover(link('/feed.rss') + link('/feed.atom', 'application/atom+xml')))).toEqual(['/feed.rss']);
  });

  it('are none where nothing answers with one, after a bounded number of questions', async () => {
    const many = Array.from({ length: 50 }, (_, n) => `<a href="/t${n}/rss/">x</a>${link(`/l${n}.rss`)}`).join('');
    expect(await discover(many)).toEqual([]);
    expect(server.requests.length).toBeLessThanOrEqual(14);
  });
});
