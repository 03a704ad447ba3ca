import { describe, expect, test } from 'vitest';
import { idleLife, linkLife, sessionLife } from '#src/server/sign-in.ts';
import { type BenchOptions, serverPerTest } from '#tests/server/server-bench.ts';

const start = serverPerTest();

const day = 86_400_000;
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const ownForm = { ...form, 'sec-fetch-site': 'same-origin' };
const wrong = `/console/sign-in?token=${'a'.repeat(43)}`;

describe('a one-time link', () => {
  test('lets one person in, once, to the console', async () => {
    const { get, signInPath, logged } = await start();
    const path = await signInPath();
    expect(path).toMatch(/^\/console\/sign-in\?token=[\w-]{43}$/);
    const answer = await get(path);
    expect([answer.status, answer.headers['location']]).toEqual([303, '/console']);
    expect(answer.headers['cache-control']).toBe('no-store');
    const cookie = answer.headers['set-cookie']!.split(';')[0]!;
    expect((await get('/console', { cookie })).status).toBe(200);
    const again = await get(path);
    expect(again.status).toBe(400);
    expect(again.headers).not.toHaveProperty('set-cookie');
    expect(again.text).toContain('loa sign-in');
    expect(logged.join()).not.toContain(path.slice(-43));
  });

  test('is over after a quarter of an hour', async () => {
    const { get, signInPath, clock } = await start();
    const path = await signInPath();
    clock.advance(linkLife);
    expect((await get(path)).status).toBe(400);
  });

  test('is not used up by a look ahead', async () => {
    const { get, signInPath } = await start();
    const path = await signInPath();
    expect((await get(path, {}, 'HEAD')).headers).not.toHaveProperty('set-cookie');
    expect((await get(path, { 'sec-purpose': 'prefetch;prerender' })).status).toBe(200);
    expect((await get(path)).status).toBe(303);
  });

  test('can be pasted, whole or the token alone', async () => {
    const { post, signInPath, url } = await start();
    const path = await signInPath();
    const pasted = (link: string) => post('/console/sign-in', `${new URLSearchParams({ link })}`, ownForm);
    expect((await pasted(`  ${url}${path} `)).status).toBe(303);
    expect((await pasted((await signInPath()).slice(-43))).status).toBe(303);
    expect((await pasted('abc')).status).toBe(400);
    expect((await pasted('')).status).toBe(400);
  });

  test('opened again by who is in already leads to the console', async () => {
    const { get, signInPath } = await start();
    const path = await signInPath();
    const cookie = (await get(path)).headers['set-cookie']!.split(';')[0]!;
    expect((await get(path, { cookie })).headers['location']).toBe('/console');
  });

  test('is kept as a digest, and so is the session', async () => {
    const { sessions, signIn, signInPath } = await start();
    const made: string[] = [];
    const { addLink } = sessions;
    sessions.addLink = (link) => {
      made.push(link.hash);
      return addLink(link);
    };
    const token = (await signInPath()).slice(-43);
    const { cookie } = await signIn();
    for (const hash of [...made, ...sessions.all.keys()]) {
      expect(hash).toMatch(/^[0-9a-f]{64}$/);
      expect([token, cookie]).not.toContain(hash);
    }
  });
});

describe('the page to sign in', () => {
  test.each([
    ['vi', 'Đăng nhập'],
    ['en', 'Sign in'],
  ])('is in the site’s language (%s)', async (language, title) => {
    const site = { name: 'Báo', url: 'https://bao.example', language, timezone: 'UTC' };
    const { get } = await start({ settings: { site } });
    const { status, text } = await get('/console/sign-in');
    expect(status).toBe(200);
    expect(text).toContain(`<h1>${title}</h1>`);
    expect(text).toContain('npx --no-install loa sign-in');
    expect(text).toContain('<form method="post" action="/console/sign-in">');
    expect((await get(wrong)).text).toContain('role="alert"');
  });

  test('is where everything behind it leads, and what was asked for comes after it', async () => {
    const { get, signInPath } = await start();
    for (const path of [
      '/console',
      '/console/',
      '/console/nothing',
      '/board/board?x=1',
      '/console/queues/x',
      '/%63onsole',
    ]) {
      const { status, headers, text } = await get(path);
      expect([path, status, headers['location']]).toEqual([path, 303, '/console/sign-in']);
      expect(text).toBe('');
    }
    const cookie = (await get('/board/board?x=1')).headers['set-cookie']!.split(';')[0]!;
    const answer = await get(await signInPath(), { cookie });
    expect(answer.headers['location']).toBe('/board/board?x=1');
    expect(answer.headers['set-cookie']).toContain('loa-next=; Max-Age=0');
  });

  test.each([
    'https://evil.example/console',
    '//evil.example/console',
    '/\\evil.example/console',
    '/console/..//evil.example',
    '/..//evil.example/console',
    '/console/../..//evil.example/',
    '/\t/evil.example/console',
    '/console%0d%0aset-cookie:x=1',
    'javascript:alert(1)',
    '/feeds',
    '/consolex',
    '/console/sign-out',
    '%E0%A4%A',
  ])('never leads elsewhere: %s', async (page) => {
    const { get, signInPath } = await start();
    const kept = [page, encodeURIComponent(page)];
    for (const value of kept.map((one) => one.replace(/[\t;]/g, ''))) {
      const { headers } = await get(await signInPath(), { cookie: `loa-next=${value}` });
      expect(headers['location']).toMatch(/^\/console(%0d%0aset-cookie:x=1)?$/);
    }
    expect((await get(`${await signInPath()}&next=${encodeURIComponent(page)}`)).headers['location']).toBe('/console');
  });

  test('a script of a page or a program is told in JSON', async () => {
    const { get } = await start();
    for (const headers of [{ 'sec-fetch-mode': 'cors', accept: 'text/html' }, { accept: 'application/json' }]) {
      const { status, text } = await get('/console/queues/api/queues', headers);
      expect([status, JSON.parse(text)]).toEqual([401, { error: 'Sign in first, at /console/sign-in' }]);
    }
  });
});

describe('a session', () => {
  const flags = async (settings: BenchOptions['settings'], headers: Record<string, string>) => {
    const { get, signInPath } = await start({ settings: settings ?? {} });
    return (await get(await signInPath(), headers)).headers['set-cookie'] ?? null;
  };

  test('travels as plain as it must, and as safely as it can', async () => {
    expect(await flags({}, { host: 'localhost:8080' })).toMatch(
      /^loa-session-8080=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    );
    const publicUrl = 'https://tin.example';
    const secure = /^__Host-loa-session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure$/;
    expect(await flags({ publicUrl }, { host: 'tin.example' })).toMatch(secure);
    // A proxy that leaves our own name in the request.
    expect(await flags({ publicUrl }, { 'x-forwarded-for': '203.0.113.9', host: 'tin.example' })).toMatch(secure);
    expect(await flags({ publicUrl }, { host: '127.0.0.1:8080' })).not.toContain('Secure');
    const network = { allow: [], trustedProxies: ['127.0.0.1'] };
    const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'tin.example' };
    expect(await flags({ network, publicUrl: 'http://tin.example' }, forwarded)).toMatch(secure);
    expect(await flags({}, { 'x-forwarded-proto': 'https' })).not.toContain('Secure');
  });

  test('is not begun in the clear where there is https', async () => {
    const { get, signInPath } = await start({ settings: { publicUrl: 'https://tin.example' } });
    const path = await signInPath();
    const refused = await get(path, { host: '192.168.1.10:8080', 'x-forwarded-for': '192.168.1.20' });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain('https://tin.example/console/sign-in');
    expect((await get(path, { host: 'tin.example' })).status).toBe(303);
  });

  test('cannot be chosen by somebody else', async () => {
    const { get, signInPath, url } = await start();
    const chosen = `loa-session-${new URL(url).port}=${'x'.repeat(43)}`;
    const got = (await get(await signInPath(), { cookie: chosen })).headers['set-cookie']!.split(';')[0]!;
    expect(got).not.toBe(chosen);
    expect((await get('/console', { cookie: chosen })).status).toBe(303);
    const next = (await get(await signInPath(), { cookie: got })).headers['set-cookie']!.split(';')[0]!;
    expect((await get('/console', { cookie: got })).status).toBe(303);
    expect((await get('/console', { cookie: next })).status).toBe(200);
  });

  test('ends when it is not used, and in the end anyway', async () => {
    const { get, signIn, clock } = await start();
    const unused = await signIn();
    const used = await signIn();
    for (let age = day; age < sessionLife; age += day) {
      clock.advance(day);
      expect((await get('/console', used)).status).toBe(200);
      if (age >= idleLife) expect((await get('/console', unused)).status).toBe(303);
    }
    clock.advance(day);
    expect((await get('/console', used)).status).toBe(303);
  });

  test('is written to at most hourly', async () => {
    const { get, signIn, clock, sessions } = await start();
    const cookie = await signIn();
    const written: number[] = [];
    sessions.seen = async (_, now) => void written.push(now);
    for (let i = 0; i < 5; i++) await get('/console', cookie);
    expect(written).toEqual([]);
    clock.advance(3_600_000);
    await get('/console', cookie);
    expect(written).toEqual([clock.now()]);
  });

  test('ends by signing out, and not by a link', async () => {
    const { get, post, signIn } = await start();
    const cookie = await signIn();
    expect((await get('/console', cookie)).text).toContain('action="/console/sign-out"');
    expect((await get('/feeds', cookie)).text).toContain('href="/console"');
    expect((await get('/console/sign-out', cookie)).status).toBe(404);
    const { status, headers } = await post('/console/sign-out', '', { ...ownForm, ...cookie });
    expect([status, headers['location']]).toEqual([303, '/console/sign-in']);
    expect(headers['set-cookie']).toMatch(/^loa-session-\d+=; Path=\/; Max-Age=0;/);
    expect((await get('/console', cookie)).status).toBe(303);
    expect((await get('/feeds')).text).not.toContain('href="/console"');
  });

  test('is needed for the boards too, and no page of it is kept by the browser', async () => {
    const { get, signIn } = await start();
    const cookie = await signIn();
    for (const path of ['/console', '/board/board']) {
      const { status, headers } = await get(path, cookie);
      expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    }
    expect((await get('/feeds', cookie)).headers['cache-control']).toBe('private, no-cache');
  });

  test.each(['__proto__', '..%2f..%2f'])('finds nothing at /console/articles/%s', async (id) => {
    const { get, signIn } = await start();
    expect([400, 404]).toContain((await get(`/console/articles/${id}`, await signIn())).status);
  });
});
