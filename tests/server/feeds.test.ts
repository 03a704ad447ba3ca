import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { assertWellFormed } from '#src/markup/well-formed.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';
import { startServer } from '#tests/server/server-bench.ts';

let bench: Awaited<ReturnType<typeof startServer>>;
afterEach(() => bench.close());

async function withFeed() {
  bench = await startServer();
  await bench.build([storedArticle()]);
  bench.calls.length = 0;
  return bench;
}

describe('a feed', () => {
  test('comes with everything a reader needs to ask again cheaply', async () => {
    const { get } = await withFeed();
    const { status, headers, text } = await get('/feeds/latest.rss');
    expect(status).toBe(200);
    assertWellFormed(text);
    expect(headers).toMatchObject({
      'content-type': 'application/rss+xml; charset=utf-8',
      'last-modified': 'Wed, 25 Nov 2026 02:30:00 GMT',
      'cache-control': expect.stringMatching(/^public, max-age=300/),
      vary: 'Accept-Encoding',
      link: '<http://localhost:8080/feeds/latest.rss>; rel="self"',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
      'content-length': String(Buffer.byteLength(text)),
    });
    expect(headers['etag']).toMatch(/^W\/"[0-9a-f]+"$/);
    expect(headers).not.toHaveProperty('set-cookie');
  });

  test.each([
    ['atom', 'application/atom+xml; charset=utf-8'],
    ['json', 'application/feed+json; charset=utf-8'],
  ])('in the form %s has its type', async (format, type) => {
    const { get } = await withFeed();
    expect((await get(`/feeds/latest.${format}`)).headers['content-type']).toBe(type);
  });

  test('answers HEAD as GET, without a body', async () => {
    const { get, calls } = await withFeed();
    const full = await get('/feeds/latest.rss', { 'accept-encoding': 'br' });
    calls.length = 0;
    const head = await get('/feeds/latest.rss', { 'accept-encoding': 'br' }, 'HEAD');
    const { date: _, ...expected } = full.headers;
    expect(head.headers).toMatchObject(expected);
    expect(head.body).toHaveLength(0);
    expect(calls.map(({ name }) => name)).not.toContain(expect.stringContaining('blobs'));
  });

  test('is a 304 for whoever has it, without reading it', async () => {
    const { get, calls } = await withFeed();
    const { headers } = await get('/feeds/latest.rss');
    calls.length = 0;
    const again = await get('/feeds/latest.rss', { 'if-none-match': headers['etag']! });
    expect(again.status).toBe(304);
    expect(again.body).toHaveLength(0);
    expect(again.headers).toMatchObject({
      etag: headers['etag'],
      vary: 'Accept-Encoding',
      'cache-control': headers['cache-control'],
    });
    expect(calls).toEqual([]);
  });

  test('is a 304 in a process that never read it, by its pointer alone', async () => {
    const { get, calls } = await withFeed();
    const { etag } = JSON.parse(bench.contents.get('feeds/latest.rss.json')!.toString());
    expect((await get('/feeds/latest.rss', { 'if-none-match': etag })).status).toBe(304);
    expect(calls).toEqual([{ call: 'read', name: 'feeds/latest.rss.json' }]);
  });

  test('is read once for many readers, in each form', async () => {
    const { get, calls } = await withFeed();
    const forms = ['br', 'gzip', 'identity'];
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, at) => get('/feeds/latest.rss', { 'accept-encoding': forms[at % 3]! })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(calls.filter(({ name }) => name.includes('blobs'))).toHaveLength(3);
  });

  test('that another process built is served within 50 milliseconds', async () => {
    const { get, build, clock, contents } = await withFeed();
    const older = contents.get('feeds/latest.rss.json')!;
    await build([storedArticle({ revision: 2, headline: 'Tin mới hơn', revisedAt: '2026-11-25T02:50:00.000Z' })]);
    const newer = contents.get('feeds/latest.rss.json')!;
    contents.set('feeds/latest.rss.json', older);
    expect((await get('/feeds/latest.rss')).text).not.toContain('Tin mới hơn');
    contents.set('feeds/latest.rss.json', newer);
    clock.advance(50);
    expect((await get('/feeds/latest.rss')).text).toContain('Tin mới hơn');
  });

  test('goes to its reader only where the request knows our name', async () => {
    const { get } = await withFeed();
    await get('/feeds/latest.rss');
    expect((await get('/feeds/latest.rss', { host: 'evil.example' })).status).toBe(421);
  });

  test('answers from memory as from the disk', async () => {
    const { get, clock } = await withFeed();
    const ask = { 'accept-encoding': 'gzip' };
    const [fromDisk, fromMemory] = [await get('/feeds/latest.rss', ask), await get('/feeds/latest.rss', ask)];
    clock.advance(30);
    const whileLooking = await get('/feeds/latest.rss', ask);
    for (const { headers, body } of [fromMemory, whileLooking]) {
      expect({ ...headers, date: '' }).toEqual({ ...fromDisk.headers, date: '' });
      expect(body.equals(fromDisk.body)).toBe(true);
    }
  });

  test.each([
    ['the date alone, as given', { 'if-modified-since': 'Wed, 25 Nov 2026 02:30:00 GMT' }, 304],
    ['the date alone, an earlier one', { 'if-modified-since': 'Wed, 25 Nov 2026 02:29:59 GMT' }, 200],
    ['a date that is none', { 'if-modified-since': 'yesterday' }, 200],
    [
      'another tag, whatever the date',
      { 'if-none-match': '"x"', 'if-modified-since': 'Wed, 25 Nov 2026 02:30:00 GMT' },
      200,
    ],
    ['any', { 'if-none-match': '*' }, 304],
  ])('by %s', async (_, headers, expected) => {
    const { get } = await withFeed();
    expect((await get('/feeds/latest.rss', headers as unknown as Record<string, string>)).status).toBe(expected);
  });

  test.each([
    ['br', 'br'],
    ['gzip, deflate, br', 'br'],
    ['gzip;q=1.0, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['deflate', undefined],
    ['identity;q=1, gzip;q=0.2', undefined],
    ['br;q=nonsense', undefined],
  ])('asked with Accept-Encoding: %s comes as %s', async (accept, encoding) => {
    const { get } = await withFeed();
    const { headers, body } = await get('/feeds/latest.rss', { 'accept-encoding': accept });
    expect(headers['content-encoding']).toBe(encoding);
    const plain = encoding === 'br' ? brotliDecompressSync(body) : encoding === 'gzip' ? gunzipSync(body) : body;
    assertWellFormed(plain.toString());
  });

  test('that never was built says when to come again, and is not a 404', async () => {
    bench = await startServer();
    const { status, headers } = await bench.get('/feeds/latest.rss');
    expect([status, headers['retry-after'], headers['cache-control']]).toEqual([503, '10', 'no-store']);
  });

  test('whose pointer does not read counts as not built yet', async () => {
    const { get, contents } = await withFeed();
    contents.set('feeds/latest.rss.json', Buffer.from('{"blob":'));
    expect((await get('/feeds/latest.rss')).status).toBe(503);
  });

  test('that does not exist is a page that names those that do', async () => {
    const { get } = await withFeed();
    const { status, text } = await get('/feeds/lastest.rss');
    expect(status).toBe(404);
    expect(text).toContain('/feeds/latest.rss');
  });

  test('may be read by any page', async () => {
    const { get } = await withFeed();
    const { status, headers } = await get('/feeds/latest.rss', { origin: 'https://a.example' }, 'OPTIONS');
    expect([status, headers['access-control-allow-origin']]).toEqual([204, '*']);
  });

  test('is whole for every reader while it is being built again and again', async () => {
    const { get, build } = await withFeed();
    let building = true;
    const builder = (async () => {
      for (let edit = 1; edit <= 15; edit++) {
        await build([
          storedArticle({
            headline: `Tin lần ${edit}`,
            revision: edit + 1,
            revisedAt: new Date(1.78e12 + edit).toISOString(),
          }),
        ]);
      }
      building = false;
    })();
    const seen = new Map<string, string>();
    while (building) {
      const { status, headers, text } = await get('/feeds/latest.rss');
      expect(status).toBe(200);
      assertWellFormed(text);
      // One tag, one content.
      expect(seen.get(headers['etag']!) ?? text).toBe(text);
      seen.set(headers['etag']!, text);
    }
    await builder;
    expect(seen.size).toBeGreaterThan(2);
  });
});

test.each([
  '/feeds/..%2f..%2fetc%2fpasswd',
  '/feeds/../../etc/passwd',
  '/feeds/latest.rss%00',
  '/feeds/%00.rss',
  '/feeds/__proto__.rss',
  '/feeds/constructor',
  `/feeds/${'a'.repeat(5000)}.rss`,
  '/feeds/%E0%A4%A.rss',
  '/feeds/latest.rss/',
  '/feeds/LATEST.RSS',
  '/feeds/latest.xml',
  '/photos/__proto__/1280.jpg',
  '/photos/..%2f..%2f/1280.jpg',
  '/photos/0123456789abcdef/..%2fx.jpg',
  '/photos/0123456789abcdef/1280.jpg%00',
  '/photos/0123456789abcdef/99999999.jpg',
  `/photos/${'a'.repeat(5000)}/1280.jpg`,
])('the address %s finds nothing and breaks nothing', async (path) => {
  const { get, calls, logged } = await withFeed();
  const { status } = await get(path);
  expect([400, 404, 414]).toContain(status);
  expect(calls).toEqual([]);
  expect(logged).toEqual([]);
  expect((await get('/feeds/latest.rss')).status).toBe(200);
});
