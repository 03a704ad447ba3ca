import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { done } from '#src/core/outcome.ts';
import { openQueueBoard } from '#src/server/open-queue-board.ts';
import { until } from '#tests/fakes/until.ts';
import { backends, type OpenForTest } from '#tests/queue/backends.ts';
import { openBench, type QueueBench } from '#tests/queue/queue-bench.ts';
import { startServer } from '#tests/server/server-bench.ts';

const foreign = /(?:href|src|url|import)\s*[=(]\s*["']?(?:https?:)?\/\//i;

describe.each(backends)('the board over the queues on $name', ({ name, open }) => {
  let opened: OpenForTest;
  let bench: QueueBench;
  let ask: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: any }>;
  let close: () => Promise<void>;
  let queue: string;
  let isMended = false;

  beforeAll(async () => {
    opened = await open();
    bench = openBench(opened.backend, () => {
      if (!isMended) throw new Error('the disk was full');
      return done;
    });
    queue = bench.queues.list()[0]!.name;
    const answer = await openQueueBoard({ queues: bench.queues.list(), inDatabase: name !== 'Redis' }, '/board');
    const server = createServer(answer).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/board/api`;
    ask = async (method, path, body) => {
      const sent = body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
      const response = await fetch(`${url}${path}`, { method, ...sent });
      const text = await response.text();
      return { status: response.status, body: text ? JSON.parse(text) : null };
    };
    close = async () => {
      server.closeAllConnections();
      server.close();
      await bench.close();
      await opened.close();
    };
    for (const one of ['a', 'b', 'c']) await bench.queues.add({ kind: bench.kind, payload: { name: one } });
    await until(async () => (await bench.queues.queue(queue).getFailedCount()) === 3);
  });
  afterAll(() => close());

  const counts = async () => (await ask('GET', `/queues?activeQueue=${queue}&status=failed`)).body.queues[0].counts;

  test('shows jobs, lets failed ones run again, one or all, and cleans up', async () => {
    const { body } = await ask('GET', `/queues?activeQueue=${queue}&status=failed&page=1&jobsPerPage=10`);
    const [shown] = body.queues;
    expect(shown).toMatchObject({ name: queue, counts: { failed: 3 } });
    expect(shown.jobs.map((job: { data: unknown }) => job.data)).toContainEqual({ name: 'a' });

    expect((await ask('PUT', `/queues/${queue}/${shown.jobs[0].id}/clean`)).status).toBeLessThan(300);
    expect((await counts()).failed).toBe(2);
    isMended = true;
    expect((await ask('PUT', `/queues/${queue}/${shown.jobs[1].id}/retry`)).status).toBeLessThan(300);
    await until(async () => (await counts()).completed === 1);
    expect((await ask('PUT', `/queues/${queue}/retry/failed`)).status).toBeLessThan(300);
    await until(async () => (await counts()).completed === 2);
    expect((await ask('PUT', `/queues/${queue}/clean/completed`)).status).toBeLessThan(300);
    // What ended less than a few seconds ago stays.
    expect((await counts()).failed).toBe(0);
  });

  test('pauses and resumes', async () => {
    expect((await ask('PUT', `/queues/${queue}/pause`)).status).toBeLessThan(300);
    expect(await bench.queues.queue(queue).isPaused()).toBe(true);
    expect((await ask('PUT', `/queues/${queue}/resume`)).status).toBeLessThan(300);
    expect(await bench.queues.queue(queue).isPaused()).toBe(false);
  });

  test('sets a limit over all workers on Redis, and refuses it in a database, where it would turn without end', async () => {
    const { status, body } = await ask('PUT', `/queues/${queue}/concurrency`, { concurrency: 3 });
    if (name === 'Redis') expect(status).toBeLessThan(300);
    else
      expect({ status, text: JSON.stringify(body) }).toEqual({ status: 405, text: expect.stringContaining('Redis') });
    const limit = await bench.queues.queue(queue).getGlobalConcurrency();
    expect(limit).toBe(name === 'Redis' ? 3 : null);
  });

  test('tells of the server without failing', async () => {
    expect((await ask('GET', '/redis/stats')).status).toBe(200);
  });
});

describe('the board of the queues', () => {
  let signedIn: Awaited<ReturnType<typeof startServer>>;
  let stranger: Awaited<ReturnType<typeof startServer>>;
  beforeAll(async () => {
    const deps = { board: { queues: [], inDatabase: true } };
    signedIn = await startServer({ deps, signedIn: true });
    stranger = await startServer({ deps });
  });
  afterAll(() => Promise.all([signedIn.close(), stranger.close()]));

  test('is a page that loads nothing from elsewhere, under a policy that would not let it', async () => {
    expect(await signedIn.get('/console/queues')).toMatchObject({
      status: 308,
      headers: { location: '/console/queues/' },
    });
    const { status, headers, text } = await signedIn.get('/console/queues/');
    expect(status).toBe(200);
    expect(text).toContain('<base href="/console/queues/"');
    expect(text).not.toMatch(foreign);
    const policy = headers['content-security-policy']!;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).not.toMatch(/https?:|\*/);
    const [script] = /static\/js\/main[^"]+/.exec(text)!;
    expect(await signedIn.get(`/console/queues/${script}`)).toMatchObject({
      status: 200,
      headers: { 'x-content-type-options': 'nosniff', 'content-security-policy': policy },
    });
  });

  test('its styles name no other server', () => {
    const folder = join(
      dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json')),
      'dist/static/css',
    );
    const styles = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.css'));
    expect(styles.length).toBeGreaterThan(0);
    for (const file of styles) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(foreign);
  });

  test('is for those who are signed in, down to the last of its addresses', async () => {
    for (const path of ['/console/queues', '/console/queues/']) {
      expect((await stranger.get(path, { accept: 'text/html' })).headers['location']).toBe('/console/sign-in');
    }
    for (const path of ['api/queues', 'static/js/main.js', 'queue/poll', 'api/redis/stats']) {
      const answer = await stranger.get(`/console/queues/${path}`, { accept: 'application/json' });
      expect(answer.status).toBe(401);
    }
  });

  test('takes orders from its own pages only', async () => {
    const order = '/console/queues/api/queues/pause';
    expect((await signedIn.get(order, { 'sec-fetch-site': 'cross-site' }, 'PUT')).status).toBe(403);
    expect((await signedIn.get(order, {}, 'PUT')).status).toBe(403);
    expect((await signedIn.get(order, { 'sec-fetch-site': 'same-origin' }, 'PUT')).status).toBe(200);
  });
});
