import { afterAll, beforeAll, expect, test } from 'vitest';
import { startServer } from '#tests/server/server-bench.ts';

const token = 'canary-of-the-metrics';
let server: Awaited<ReturnType<typeof startServer>>;

beforeAll(async () => {
  const contentType = 'text/plain; version=0.0.4; charset=utf-8';
  const metrics = { token, read: async () => ({ contentType, text: 'loa_posting_stopped 0\n' }) };
  server = await startServer({ deps: { metrics } });
});
afterAll(() => server.close());

const passedOn = { 'x-forwarded-for': '192.0.2.7' };

test('metrics are given to this machine without more ado', async () => {
  expect(await server.get('/metrics')).toMatchObject({
    status: 200,
    text: 'loa_posting_stopped 0\n',
    headers: { 'content-type': expect.stringContaining('version=0.0.4'), 'cache-control': 'no-store' },
  });
});

test('what a proxy passes on needs the token, or a session', async () => {
  const refused = await server.get('/metrics', passedOn);
  expect(refused.status).toBe(401);
  expect(refused.text).toContain('data/metrics-token');
  expect(refused.text).not.toContain('loa_posting');
  expect((await server.get('/metrics', { ...passedOn, authorization: `Bearer ${token}` })).status).toBe(200);
  expect((await server.get('/metrics', { ...passedOn, ...(await server.signIn()) })).status).toBe(200);
});

test.each(['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'x-real-ip', 'forwarded', 'via'])(
  'a proxy that says %s speaks for anybody',
  async (name) => {
    expect((await server.get('/metrics', { [name]: 'x' })).status).toBe(401);
  },
);

test('a wrong token is refused, from this machine too', async () => {
  for (const authorization of [`Bearer ${token}x`, 'Bearer ', `Basic ${token}`]) {
    expect((await server.get('/metrics', { authorization })).status).toBe(401);
  }
});
