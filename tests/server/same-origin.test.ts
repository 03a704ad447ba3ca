import { describe, expect, test } from 'vitest';
import { runToken, serverPerTest } from '#tests/server/server-bench.ts';

const act = { method: 'POST' as const, path: '/act', run: async () => ({ done: true }) };
const start = serverPerTest({ api: [act, { ...act, path: '/act-here', local: true }] });

describe('what changes something', () => {
  test.each([
    ['same-origin', undefined, 200],
    ['same-origin', 'https://evil.example', 200],
    ['same-site', 'own', 403],
    ['cross-site', 'own', 403],
    ['none', 'own', 403],
    ['', 'own', 403],
    [undefined, 'own', 200],
    [undefined, 'https://evil.example', 403],
    [undefined, 'null', 403],
    [undefined, 'https://tin.example', 403],
    [undefined, undefined, 403],
  ])('with Sec-Fetch-Site %s and Origin %s: %i', async (site, origin, expected) => {
    const { post, url, signIn } = await start();
    const headers = {
      ...(await signIn()),
      ...(site !== undefined && { 'sec-fetch-site': site }),
      ...(origin !== undefined && { origin: origin === 'own' ? url : origin }),
    };
    expect((await post('/api/v1/act', '', headers)).status).toBe(expected);
    const signOut = await post('/console/sign-out', '', headers);
    expect(signOut.status).toBe(expected === 200 ? 303 : 403);
    if (expected === 403) expect(signOut.text).toContain('did not come from a page of this Loa');
    expect((await post('/console/sign-in', '', headers)).status).not.toBe(200);
  });

  test('comes from the public address through a proxy that tells nothing', async () => {
    const { post, get, signInPath } = await start({ settings: { publicUrl: 'https://tin.example' } });
    const host = 'tin.example';
    const cookie = (await get(await signInPath(), { host })).headers['set-cookie']!.split(';')[0]!;
    const from = (origin: string) => post('/api/v1/act', '', { host, cookie, origin });
    expect((await from('https://tin.example')).status).toBe(200);
    expect((await from('https://tin.example:444')).status).toBe(403);
  });

  test('without a session is refused whatever it says', async () => {
    const { post, url } = await start();
    const own = { origin: url, 'sec-fetch-site': 'same-origin' };
    expect((await post('/api/v1/act', '', own)).status).toBe(401);
    expect((await post('/console/sign-out', '', own)).status).toBe(401);
  });
});

describe('the API', () => {
  const token = { authorization: `Bearer ${runToken}` };

  test('takes the token of this run from this machine alone, or a session', async () => {
    const { get, post, signIn } = await start({ settings: { publicUrl: 'https://tin.example' } });
    expect((await post('/api/v1/act', '', token)).status).toBe(200);
    expect((await get('/api/v1/status', await signIn())).status).toBe(200);
    expect((await get('/api/v1/status', { ...(await signIn()), authorization: 'Bearer x' })).status).toBe(401);
    for (const forwarded of [{ 'x-forwarded-for': '203.0.113.9' }, { via: '1.1 proxy' }, { host: 'tin.example' }]) {
      expect((await post('/api/v1/act', '', { ...token, ...forwarded })).status).toBe(401);
    }
  });

  test('keeps what touches the machine for commands on it', async () => {
    const { post, signIn } = await start();
    const session = { ...(await signIn()), 'sec-fetch-site': 'same-origin' };
    for (const path of ['/api/v1/act-here', '/api/v1/sign-in-link']) {
      expect((await post(path, '', session)).status).toBe(401);
      expect((await post(path, '', token)).status).toBe(200);
    }
  });
});

describe('the name in a request', () => {
  const settings = {
    publicUrl: 'https://tin.example',
    network: { allow: [], trustedProxies: ['127.0.0.1'] },
  };

  test.each([
    ['127.0.0.1', 200],
    ['localhost:9000', 200],
    ['[::1]:8080', 200],
    ['192.168.1.10:8080', 200],
    ['[fd00::1]', 200],
    ['tin.example', 200],
    ['TIN.example:8443', 200],
    ['evil.example', 421],
    ['tin.example.evil.example', 421],
    ['192.168.1.10.nip.io', 421],
    ['xtin.example', 421],
    ['0x7f.1.evil', 421],
    ['tin.example@evil', 421],
  ])('%s: %i', async (host, expected) => {
    const { get } = await start({ settings });
    expect((await get('/feeds', { host })).status).toBe(expected);
    expect((await get('/feeds', { 'x-forwarded-host': host })).status).toBe(expected);
  });

  test('counts as it is sent when no proxy is trusted', async () => {
    const { get } = await start();
    expect((await get('/feeds', { 'x-forwarded-host': 'evil.example' })).status).toBe(200);
    expect((await get('/feeds', { host: 'evil.example', 'x-forwarded-host': 'localhost' })).status).toBe(421);
  });
});
