import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import type { ApiInput, ApiRoute } from '#src/server/deps.ts';
import { newsroomSample } from '#tests/console/newsroom-sample.ts';
import { startServer } from '#tests/server/server-bench.ts';

const open: Awaited<ReturnType<typeof startServer>>[] = [];
afterEach(async () => {
  for (const bench of open.splice(0)) await bench.close();
});

const article = 'k3m9x2p7qa';
const browser = {
  'content-type': 'application/x-www-form-urlencoded',
  'sec-fetch-site': 'same-origin',
  'accept-language': 'en',
};

/** A server whose routes note what they were asked; `answer` may throw. */
async function start(answer: () => unknown = () => ({}), signedIn = true) {
  const asked: ApiInput[] = [];
  const route = (path: string, local?: true): ApiRoute => ({
    method: 'POST',
    path,
    ...(local && { local }),
    async run(input) {
      asked.push(input);
      return answer();
    },
  });
  const api = [route('/articles/:id/withdraw'), route('/stop-all'), route('/backup', true), route('/queues/pause')];
  const bench = await startServer({ ledger: newsroomSample(), api, signedIn });
  open.push(bench);
  return { ...bench, asked };
}

describe('a form on the console', () => {
  test('does what the API does, and leads back to its page with what came of it, said once', async () => {
    const { post, get, asked } = await start();
    const back = `/console/articles/${article}`;
    const form = new URLSearchParams({ back, reason: 'ảnh sai & tên sai' });
    const sent = await post(`/console/actions/articles/${article}/withdraw`, String(form), browser);
    expect([sent.status, sent.headers['location']]).toEqual([303, back]);
    expect(asked).toEqual([{ parameters: { id: article }, query: {}, body: { reason: 'ảnh sai & tên sai' } }]);

    const cookie = sent.headers['set-cookie']!;
    expect(cookie).toMatch(/; Path=\/console; HttpOnly; SameSite=Strict$/);
    const asks = { ...browser, cookie: cookie.split(';')[0]! };
    const renewed = await get(back, { ...asks, 'sec-fetch-mode': 'cors' });
    expect(renewed.text).not.toContain('The article is withdrawn.');
    const shown = await get(back, { ...asks, 'sec-fetch-mode': 'navigate' });
    expect(shown.text).toContain('<p class="notice" role="status">The article is withdrawn.</p>');
    expect(shown.headers['set-cookie']).toContain('loa-notice=; Max-Age=0');
    expect((await get(`${back}?lang=vi`, asks)).text).toContain('Bài đã được gỡ.');
  });

  test('that is refused says why and what to do, as text', async () => {
    const { post, get } = await start(() => {
      throw new UserError('"<b>" is no address of a post', { next: 'Copy it from the browser.' });
    });
    const sent = await post('/console/actions/stop-all', 'by=me', browser);
    const shown = await get('/console', { ...browser, cookie: sent.headers['set-cookie']!.split(';')[0]! });
    expect(shown.text).toContain(
      '<p class="notice bad" role="alert">&quot;&lt;b&gt;&quot; is no address of a post Copy it from the browser.</p>',
    );
  });

  test('that is refused at length says so too, in what a browser keeps as a cookie', async () => {
    const { post, get } = await start(() => {
      throw new UserError(`"${'đ👍'.repeat(1000)}" is no address of a post`, { next: 'ở'.repeat(1000) });
    });
    const sent = await post('/console/actions/stop-all', 'by=me', browser);
    const cookie = sent.headers['set-cookie']!.split(';')[0]!;
    expect(cookie.length).toBeLessThan(4096);
    expect((await get('/console', { ...browser, cookie })).text).toMatch(/role="alert">&quot;đ👍đ👍/u);
  });

  test.each(['https://evil.example/', '//evil.example/console', '/feeds', ''])(
    'leads to the console rather than to %s',
    async (back) => {
      const { post } = await start();
      const sent = await post('/console/actions/stop-all', String(new URLSearchParams({ back })), browser);
      expect(sent.headers['location']).toBe('/console');
    },
  );

  test('from another site, or of somebody who is not signed in, does nothing', async () => {
    const { post, asked } = await start();
    const foreign = { ...browser, 'sec-fetch-site': 'cross-site' };
    expect((await post('/console/actions/stop-all', 'by=me', foreign)).status).toBe(403);
    const stranger = await start(undefined, false);
    expect((await stranger.post('/console/actions/stop-all', 'by=me', browser)).status).toBe(401);
    expect([...asked, ...stranger.asked]).toEqual([]);
  });

  test('of a stranger is refused before its body is read, and one without end is of nobody', async () => {
    const stranger = await start(undefined, false);
    const { port } = new URL(stranger.url);
    const socket = connect(Number(port), '127.0.0.1');
    const head = Object.entries({ ...browser, host: '127.0.0.1', 'content-length': '500000' });
    const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.write(`POST /console/actions/stop-all HTTP/1.1\r\n${lines}\r\nby=`);
    const [answer] = await once(socket, 'data');
    expect(String(answer)).toMatch(/^HTTP\/1.1 401 /);
    socket.destroy();

    const { post, asked } = await start();
    expect((await post('/console/actions/stop-all', `by=${'x'.repeat(600_000)}`, browser)).status).toBe(413);
    const odd = '__proto__=x&constructor=x&__proto__[by]=x&by=me';
    expect((await post('/console/actions/stop-all', odd, browser)).status).toBe(303);
    expect(asked).toHaveLength(1);
    expect(({} as Record<string, unknown>)['by']).toBeUndefined();
  });

  test.each(['/backup', '/queues/pause'])('does not exist for %s', async (path) => {
    const { post, asked } = await start();
    expect((await post(`/console/actions${path}`, '', browser)).status).toBe(404);
    expect(asked).toEqual([]);
  });

  test('a notice that was made up elsewhere is text at most', async () => {
    const { get } = await start();
    for (const value of ['%7B', 'null', '%7B%7D', '%7B%22kind%22%3A%22done%22%2C%22action%22%3A%22__proto__%22%7D']) {
      const { status, text } = await get('/console', { cookie: `loa-notice=${value}` });
      expect(status).toBe(200);
      expect(text).not.toContain('class="notice"');
    }
  });
});

describe('the console', () => {
  test('offers what may be decided of each article and post', async () => {
    const { get } = await start();
    const { text } = await get(`/console/articles/${article}`, browser);
    for (const path of [
      `articles/${article}/hold`,
      `articles/${article}/withdraw`,
      'deliveries/2/retry',
      'deliveries/2/adopt',
    ]) {
      expect(text).toContain(`action="/console/actions/${path}"`);
    }
    expect(text).not.toContain('deliveries/1/retry');
    expect(text).not.toContain('/release"');
  });

  test('says that all posting is stopped, by whom and why, and how it goes on', async () => {
    const stop = { since: Date.parse('2026-11-25T02:50:00Z'), by: 'anna', reason: 'wrong photo everywhere' };
    const bench = await startServer({ ledger: { ...newsroomSample(), stop }, signedIn: true });
    open.push(bench);
    const { text } = await bench.get('/console', browser);
    expect(text).toContain('All posting is stopped');
    expect(text).toContain('anna: wrong photo everywhere');
    expect(text).toContain('action="/console/actions/resume-all"');
    expect(text).not.toContain('action="/console/actions/stop-all"');
  });
});
