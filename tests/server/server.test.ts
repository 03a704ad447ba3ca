import { describe, expect, test } from 'vitest';
import { UserError } from '#src/core/errors.ts';
import { hostName, isLoopback } from '#src/server/hosts.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';
import { runToken, serverPerTest } from '#tests/server/server-bench.ts';

const start = serverPerTest();

describe('listening', () => {
  test('on an address of another machine is refused with the next step', async () => {
    const failure = await start({ settings: { listen: { host: '203.0.113.9', port: 0 } } }).catch((error) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(failure.message).toContain('203.0.113.9');
    expect(failure.next).toContain('127.0.0.1:8080');
  });

  test('on every address tells one that a link can lead to', async () => {
    const { url, get } = await start({ settings: { listen: { host: '0.0.0.0', port: 0 } } });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await get('/feeds', { host: '192.168.1.10:8080' })).status).toBe(200);
  });

  test('on a port in use names the port and the setting', async () => {
    const { url } = await start();
    const port = Number(new URL(url).port);
    const failure = await start({ settings: { listen: { host: '127.0.0.1', port } } }).catch((error) => error);
    expect(failure).toBeInstanceOf(UserError);
    expect(`${failure.message} ${failure.next}`).toMatch(new RegExp(`Port ${port} .*setting \`listen\``));
    expect(failure.message).not.toContain('\n');
  });
});

describe('the name in a request', () => {
  test.each([
    ['127.0.0.1:8080', '127.0.0.1', true],
    ['[::1]:8080', '[::1]', true],
    ['LOCALHOST', 'localhost', true],
    ['evil.example', 'evil.example', false],
    ['127.0.0.1.evil.example', '127.0.0.1.evil.example', false],
    ['localhost@evil.example', null, false],
    ['', null, false],
  ])('%s is read as %s', (header, name, loopback) => {
    expect(hostName(header)).toBe(name);
    expect(name !== null && isLoopback(name)).toBe(loopback);
  });

  test('that is not ours gets nothing, whatever it asks for', async () => {
    const { get } = await start();
    for (const path of ['/console', '/feeds/latest.rss', '/api/v1/status', '/healthz']) {
      expect((await get(path, { host: 'evil.example' })).status).toBe(421);
    }
  });

  test('that is the public one gets feeds and pages for readers, and not the console', async () => {
    const { get } = await start({ settings: { publicUrl: 'https://tin.example' } });
    const host = 'tin.example';
    expect((await get('/feeds', { host })).status).toBe(200);
    expect((await get('/console', { host })).status).toBe(303);
    expect((await get('/api/v1/status', { host, authorization: `Bearer ${runToken}` })).status).toBe(401);
  });
});

test('every answer forbids what a page does not need', async () => {
  const { get } = await start();
  for (const path of ['/console', '/nowhere', '/feeds', '/healthz']) {
    const { headers } = await get(path);
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
  }
});

describe('the API', () => {
  test.each([undefined, 'Bearer wrong', `Basic ${runToken}`, `Bearer ${runToken}x`])(
    'refuses %s',
    async (authorization) => {
      const { get } = await start();
      expect((await get('/api/v1/status', authorization ? { authorization } : {})).status).toBe(401);
    },
  );

  test('tells how the worker stands', async () => {
    const { get } = await start({ ledger: { articles: [storedArticle()] } });
    const { text } = await get('/api/v1/status', { authorization: `Bearer ${runToken}` });
    expect(JSON.parse(text)).toMatchObject({
      articles: 1,
      sources: [{ id: 'portal' }],
      channels: [{ id: 'board' }, { id: 'fediverse' }],
    });
  });

  test('lists articles and tells the story of one', async () => {
    const { get } = await start({ ledger: { articles: [storedArticle()] } });
    const headers = { authorization: `Bearer ${runToken}` };
    expect(JSON.parse((await get('/api/v1/articles?limit=5', headers)).text).articles).toHaveLength(1);
    expect((await get('/api/v1/articles/k3m9x2p7qa/trace', headers)).text).toContain('Not in feed the-thao');
    expect((await get('/api/v1/articles/nothing/trace', headers)).status).toBe(404);
    expect((await get('/api/v1/articles?limit=-1', headers)).status).toBe(422);
  });

  test('gives a person’s error with its next step, and hides the others', async () => {
    const fails = (path: string, error: Error) => ({ method: 'GET' as const, path, run: () => Promise.reject(error) });
    const { get, logged } = await start({
      api: [
        fails('/a', new UserError('No such channel', { next: 'Look at the list' })),
        fails('/b', new Error('at 10.0.0.3')),
      ],
    });
    const headers = { authorization: `Bearer ${runToken}` };
    const told = await get('/api/v1/a', headers);
    expect([told.status, JSON.parse(told.text)]).toEqual([422, { error: 'No such channel', next: 'Look at the list' }]);
    const hidden = await get('/api/v1/b', headers);
    expect(hidden.status).toBe(503);
    expect(hidden.text).not.toContain('10.0.0.3');
    expect(logged[0]).toContain('10.0.0.3');
  });
});

test('a photo is given for ever, and only to its exact name', async () => {
  const { get, contents } = await start();
  const hash = '0a'.repeat(20);
  contents.set(`photos/${hash}/640.jpg`, Buffer.from('jpeg'));
  const { status, headers, text } = await get(`/photos/${hash}/640.jpg`);
  expect([status, text, headers['content-type'], headers['content-length']]).toEqual([200, 'jpeg', 'image/jpeg', '4']);
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect((await get(`/photos/${hash}/640.jpg`, { 'if-none-match': headers['etag']! })).status).toBe(304);
  expect((await get(`/photos/${hash}/640.jpg`, {}, 'HEAD')).body).toHaveLength(0);
  expect((await get(`/photos/${hash}/641.jpg`)).status).toBe(404);
});

test('health: it lives, and it is ready once the ledger answers', async () => {
  const { get } = await start();
  expect(JSON.parse((await get('/healthz')).text)).toEqual({ status: 'ok' });
  expect((await get('/readyz')).status).toBe(200);
});

test('health: what is wrong is told on this machine, elsewhere only which part', async () => {
  const health = async () => [{ name: 'ledger', ok: false, detail: 'the database at db.example:5432 does not answer' }];
  const { get } = await start({ deps: { health } });
  const [here, elsewhere] = [await get('/readyz'), await get('/readyz', { 'x-forwarded-for': '192.0.2.7' })];
  expect([here.status, elsewhere.status]).toEqual([503, 503]);
  expect(here.text).toContain('db.example');
  expect(JSON.parse(elsewhere.text)).toEqual({ status: 'not ready', checks: [{ name: 'ledger', ok: false }] });
});
