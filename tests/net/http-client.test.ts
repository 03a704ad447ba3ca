import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpFailure } from '#src/core/errors.ts';
import type { HttpRequest } from '#src/core/tools.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { serve } from '#src/net/serve.ts';
import * as fake from '#tests/fakes/feed-server.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';

let server: fake.FeedServer;
let http: HttpClient;
let clock: ManualClock;

beforeEach(async () => {
  server = await fake.startFeedServer();
  clock = manualClock();
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'Loa/test (+https://bao.example)', clock });
});

afterEach(async () => {
  await http.close();
  await server.close();
});

const get = (path: string, more: Partial<HttpRequest> = {}) =>
  http.request({ url: server.url + path, maxBytes: 1024 * 1024, ...more });

const failure = (work: Promise<unknown>): Promise<HttpFailure> =>
  work.then(
    () => expect.unreachable('it should have failed'),
    (error) => error,
  );

const text = (body: Uint8Array) => Buffer.from(body).toString();

describe('an answer', () => {
  it('comes back with status, headers in lower case and bytes', async () => {
    server.on('/a', fake.answer(418, 'trà đá', { 'X-Name': 'one', ETag: '"x"' }));
    const response = await get('/a');
    expect(response).toMatchObject({ status: 418, url: `${server.url}/a`, movedTo: null });
    expect(response.headers).toMatchObject({ 'x-name': 'one', etag: '"x"' });
    expect(text(response.body)).toBe('trà đá');
    expect(server.requests[0]?.headers['user-agent']).toBe('Loa/test (+https://bao.example)');
  });

  it.each(['gzip', 'br', 'deflate', 'deflate-raw'] as const)('is unpacked from %s', async (encoding) => {
    server.on('/a', fake.packed(encoding, 'Sáng 29/11 '.repeat(20)));
    expect(text((await get('/a')).body)).toBe('Sáng 29/11 '.repeat(20));
  });

  it('without a body may name an encoding', async () => {
    server.on('/a', fake.answer(304, '', { 'content-encoding': 'gzip' }));
    expect((await get('/a')).status).toBe(304);
    server.on('/b', fake.answer(200, '', { 'content-encoding': 'gzip' }));
    expect((await get('/b', { method: 'HEAD' })).body).toHaveLength(0);
  });

  it('arrives whole when it is large and packed', async () => {
    const body = randomBytes(3 * 1024 * 1024);
    server.on('/a', fake.packed('gzip', body));
    const response = await get('/a', { maxBytes: 4 * 1024 * 1024 });
    expect(Buffer.compare(Buffer.from(response.body), body)).toBe(0);
  });

  it('to a post holds what was sent', async () => {
    server.on('/a', fake.answer(200, 'ok'));
    await get('/a', { method: 'POST', body: '{"a":1}', headers: { 'Content-Type': 'application/json' } });
    expect(server.requests[0]).toMatchObject({ method: 'POST', body: '{"a":1}' });
    expect(server.requests[0]?.headers['content-type']).toBe('application/json');
  });
});

describe('too much', () => {
  it.each([
    ['a plain body', fake.answer(200, 'x'.repeat(2000))],
    ['a gzip bomb', fake.bomb(64)],
    [
      'a chunked body without an end',
      ((request, response) => {
        const more = () => request.socket.destroyed || response.write('y'.repeat(65_536), () => setImmediate(more));
        more();
      }) satisfies fake.Route,
    ],
  ])('is refused: %s', async (_name, route) => {
    server.on('/a', route);
    const error = await failure(get('/a', { maxBytes: 1000 }));
    expect(error).toMatchObject({ kind: 'too-large', sent: true });
    expect(error.message).toContain('127.0.0.1 sent an answer that was not taken');
  });

  it('is refused by its ratio within a large limit', async () => {
    server.on('/a', fake.bomb(20));
    const error = await failure(get('/a', { maxBytes: 100 * 1024 * 1024 }));
    expect(error).toMatchObject({ kind: 'too-large', message: expect.stringContaining('100 times its size') });
  });
});

describe('a broken answer', () => {
  it.each([
    ['packed twice', fake.answer(200, 'x', { 'content-encoding': 'gzip, br' }), 'bad-answer'],
    ['in an unknown encoding', fake.answer(200, 'x', { 'content-encoding': 'zebra' }), 'bad-answer'],
    ['not gzip at all', fake.answer(200, 'plain', { 'content-encoding': 'gzip' }), 'bad-answer'],
    ['broken off', fake.brokenOff, 'reset'],
    ['hung up on', fake.hangUp, 'reset'],
  ])('is named: %s', async (_name, route, kind) => {
    server.on('/a', route);
    expect(await failure(get('/a'))).toMatchObject({ name: 'HttpFailure', kind, sent: true });
  });

  it('is named when it is not HTTP', async () => {
    const { createServer } = await import('node:net');
    const other = createServer((socket) => socket.end('SSH-2.0-x\r\n')).listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as { port: number };
    expect(await failure(http.request({ url: `http://127.0.0.1:${port}/`, maxBytes: 10 }))).toMatchObject({
      kind: 'bad-answer',
    });
    other.close();
  });
});

describe('time', () => {
  it('is one deadline over everything', async () => {
    server.on('/slow', fake.silent);
    const asked = server.asked('/slow');
    const failed = failure(get('/slow', { timeoutMs: 5000 }));
    await asked;
    clock.advance(5000);
    expect(await failed).toMatchObject({
      kind: 'timeout',
      sent: true,
      message: expect.stringContaining('within 5 seconds'),
    });
  });

  it('covers the look-up of the name, when nothing was sent', async () => {
    let begun = () => {};
    const looking = new Promise<void>((resolve) => (begun = resolve));
    const lookup = () => {
      begun();
      return new Promise<never>(() => {});
    };
    const stuck = createHttp({ allow: [], userAgent: 'x', clock, lookup });
    const failed = failure(stuck.request({ url: 'https://bao.example/', maxBytes: 10 }));
    await looking;
    clock.advance(30_000);
    expect(await failed).toMatchObject({ kind: 'timeout', sent: false });
  });

  it('ends by the caller, and by closing', async () => {
    server.on('/slow', fake.silent);
    const caller = new AbortController();
    const asked = server.asked('/slow');
    const failed = failure(get('/slow', { signal: caller.signal }));
    await asked;
    // As the command does when it is told to stop.
    caller.abort('SIGTERM');
    expect(await failed).toMatchObject({ kind: 'aborted', sent: true, message: expect.stringContaining('stopping') });

    const askedAgain = server.asked('/slow');
    const closed = failure(get('/slow'));
    await askedAgain;
    await http.close();
    expect(await closed).toMatchObject({ kind: 'aborted' });
    expect(await failure(get('/slow'))).toMatchObject({ kind: 'aborted', sent: false });
  });
});

describe('a server that is not there', () => {
  it('refuses before anything is sent', async () => {
    const gone = await serve(() => {});
    await gone.close();
    const error = await failure(http.request({ url: gone.url, maxBytes: 10 }));
    expect(error).toMatchObject({ kind: 'refused', sent: false });
    expect(error.message).toBe('127.0.0.1 refused the connection; check the port and that the server runs');
  });

  it('has no name', async () => {
    const lookup = () => Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' }));
    const nameless = createHttp({ allow: [], userAgent: 'x', clock, lookup });
    const error = await failure(nameless.request({ url: 'https://bao.exampel/rss', maxBytes: 10 }));
    expect(error).toMatchObject({ kind: 'dns', sent: false });
    expect(error.message).toBe('The name bao.exampel cannot be found (ENOTFOUND); check how it is spelt');
  });

  it('does not speak TLS', async () => {
    const url = server.url.replace('http:', 'https:');
    expect(await failure(http.request({ url, maxBytes: 10 }))).toMatchObject({ kind: 'connect', sent: false });
  });
});

describe('redirects', () => {
  it('are followed, and a chain of permanent ones tells where the address moved', async () => {
    server.on('/a', fake.redirect(301, '/b'));
    server.on('/b', fake.redirect(308, '/c'));
    server.on('/c', fake.answer(200, 'here'));
    const response = await get('/a');
    expect(response).toMatchObject({ url: `${server.url}/c`, movedTo: `${server.url}/c` });
    server.on('/b', fake.redirect(302, '/c'));
    expect((await get('/a')).movedTo).toBe(`${server.url}/b`);
  });

  it('end after three, or are given back', async () => {
    server.on('/a', fake.redirect(302, '/a'));
    expect(await failure(get('/a'))).toMatchObject({ kind: 'redirect', sent: true });
    expect(server.requests).toHaveLength(4);
    expect((await get('/a', { redirects: 0 })).status).toBe(302);
  });

  it('take nothing secret to another origin', async () => {
    const other = await fake.startFeedServer();
    other.on('/b', fake.answer(200, 'x'));
    server.on('/a', fake.redirect(302, `${other.url}/b`));
    const headers = { Authorization: 'Bearer s', Cookie: 'a=b', 'X-Api-Key': 'k', Accept: 'text/html' };
    await get('/a', { headers });
    expect(other.requests[0]?.headers).toMatchObject({ accept: 'text/html', 'user-agent': expect.any(String) });
    for (const name of ['authorization', 'cookie', 'x-api-key'])
      expect(other.requests[0]?.headers).not.toHaveProperty(name);
    await other.close();
  });

  it('turn a post into a get, or keep it, as its status says', async () => {
    server.on('/see', fake.redirect(303, '/b'));
    server.on('/keep', fake.redirect(307, '/b'));
    server.on('/b', fake.answer(200, 'x'));
    await get('/see', { method: 'POST', body: 'one' });
    await get('/keep', { method: 'POST', body: 'two' });
    expect(server.requests.filter(({ path }) => path === '/b')).toMatchObject([
      { method: 'GET', body: '' },
      { method: 'POST', body: 'two' },
    ]);
  });

  it('count as sent whatever becomes of the second hop', async () => {
    const gone = await serve(() => {});
    await gone.close();
    server.on('/a', fake.redirect(307, gone.url));
    expect(await failure(get('/a', { method: 'POST', body: 'x' }))).toMatchObject({ kind: 'refused', sent: true });
  });
});
