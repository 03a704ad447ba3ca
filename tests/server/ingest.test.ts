import { createHmac } from 'node:crypto';
import { request as send } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createIngest } from '#jobs/take-push.ts';
import { folderSource } from '#src/sources/folder.ts';
import { pushSource } from '#src/sources/push.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';
import { startServer } from '#tests/server/server-bench.ts';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const article = { id: 'cau-8', title: 'Cầu số 8 thông xe', contentHtml: '<p>Sáng 26/11, cầu số 8 thông xe.</p>' };

let bench: JobBench;
beforeAll(async () => {
  bench = await openJobBench();
  const frame = { profile: bench.deps.sources.get('portal')!.profile, folder: null };
  const common = { profile: 'auto', poll: 'auto' as const };
  const sources = bench.deps.sources as Map<string, unknown>;
  const settings = pushSource.settings.parse({ secret });
  sources.set('cms', { ...frame, source: pushSource, settings: { ...common, id: 'cms', kind: 'push', settings } });
  const path = { path: '/nowhere' };
  sources.set('desk', {
    ...frame,
    source: folderSource,
    settings: { ...common, id: 'desk', kind: 'folder', settings: path },
  });
});
afterAll(() => bench.close());
beforeEach(() => bench.reset());

const serve = () => startServer({ deps: { ingest: createIngest(bench.deps) }, clock: bench.clock });

function signed(
  body: string | Buffer,
  { id = 'm1', by = secret, at = bench.clock.now() } = {},
): Record<string, string> {
  const time = Math.floor(at / 1000);
  const made = createHmac('sha256', Buffer.from(by.slice(6), 'base64'))
    .update(`${id}.${time}.`)
    .update(body);
  const signature = `v1,${made.digest('base64')}`;
  const headers = { 'webhook-id': id, 'webhook-timestamp': `${time}`, 'webhook-signature': signature };
  return { ...headers, 'content-type': 'application/json' };
}

interface Sent {
  body?: string | Buffer;
  headers?: Record<string, string>;
  path?: string;
  method?: string;
}

/** Without a browser's habits, as a CMS would. */
function post(
  url: string,
  { body = JSON.stringify(article), headers, path = '/ingest/cms', method = 'POST' }: Sent = {},
) {
  return new Promise<{ status: number; headers: Record<string, unknown>; json: any }>((resolve, reject) => {
    const all = { ...(headers ?? signed(body)), 'content-length': `${Buffer.byteLength(body)}` };
    const request = send(url + path, { method, headers: all }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode!, headers: response.headers, json: text && JSON.parse(text) }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}

const due = () => bench.deps.ledger.sources.dueReadings(bench.clock.now(), 100);

describe('a pushed article', () => {
  test('is in the ledger when the answer comes, and is read from there', async () => {
    const { url } = await serve();
    expect(await post(url)).toMatchObject({ status: 202, json: { articles: 1, repeated: false } });
    const [reading] = await due();
    expect(reading).toMatchObject({ sourceId: 'cms', baseline: false, ref: { externalId: 'cau-8' } });
    expect(bench.added).toEqual([{ kind: 'read-article', payload: { readingId: reading!.id } }]);
  });

  test('sent again is answered alike and changes nothing', async () => {
    const { url } = await serve();
    const headers = signed(JSON.stringify(article));
    await post(url, { headers });
    expect(await post(url, { headers })).toMatchObject({ status: 202, json: { articles: 0, repeated: true } });
    expect(await Promise.all([1, 2, 3].map(() => post(url, { headers })))).toMatchObject([{ status: 202 }, {}, {}]);
    expect(await due()).toHaveLength(1);
    expect(bench.added).toHaveLength(1);
  });

  test('that was refused may be sent again, mended, as the same message', async () => {
    const { url } = await serve();
    const bad = JSON.stringify({ ...article, tittle: 'x' });
    expect(await post(url, { body: bad, headers: signed(bad) })).toMatchObject({
      status: 400,
      json: { error: 'the article: "tittle" is not known here', next: 'Did you mean "title"?' },
    });
    expect(await post(url)).toMatchObject({ status: 202, json: { articles: 1 } });
  });

  test('may be a page, and may come by a name that only the neighbours know', async () => {
    const { url } = await serve();
    const body = '<title>Chợ đêm</title><p>Mở lại.</p>';
    const headers = { ...signed(body), 'content-type': 'text/html; charset=utf-8', host: 'loa:8080' };
    expect(await post(url, { body, headers })).toMatchObject({ status: 202 });
  });

  test('is one of many at once: their posts wait for a person', async () => {
    const { url } = await serve();
    const many = Array.from({ length: 12 }, (_, n) => ({ ...article, id: n, title: `Cầu số ${n} thông xe` }));
    expect(await post(url, { body: JSON.stringify(many) })).toMatchObject({ status: 202, json: { articles: 12 } });
    expect((await due()).map(({ held }) => held)).toEqual(many.map(() => 'burst'));
    expect(await bench.alerts.open()).toMatchObject([{ cause: 'source-cms-burst' }]);
  });

  test('of 5 MiB is taken, a larger one refused', async () => {
    const { url } = await serve();
    const size = 5 * 1024 * 1024;
    const large = JSON.stringify({ ...article, contentHtml: '' });
    const body = large.replace('"contentHtml":""', `"contentHtml":"${'x'.repeat(size - Buffer.byteLength(large))}"`);
    expect(Buffer.byteLength(body)).toBeLessThanOrEqual(size);
    expect(await post(url, { body, headers: signed(body) })).toMatchObject({ status: 202 });
    const larger = Buffer.alloc(size + 1, 120);
    expect(await post(url, { body: larger, headers: signed(larger) })).toMatchObject({ status: 413 });
  });

  test('that is refused unread leaves its sender time to hear why', async () => {
    const { url } = await serve();
    const body = Buffer.alloc(20 * 1024 * 1024, 120);
    const chunked = () => ReadableStream.from([body]);
    const told = async (path: string, type: string, stream = false) => {
      const sent = stream ? { body: chunked(), duplex: 'half' as const } : { body };
      const response = await fetch(url + path, { method: 'POST', headers: { 'content-type': type }, ...sent });
      return [response.status, ((await response.json()) as { error: string }).error];
    };
    expect(await told('/ingest/cms', 'application/json')).toEqual([413, 'the body is larger than 5 MiB']);
    expect(await told('/ingest/cms', 'application/json', true)).toEqual([413, 'the body is larger than 5 MiB']);
    expect(await told('/ingest/cms', 'image/jpeg')).toEqual([415, 'the body is neither JSON nor HTML']);
    expect(await told('/ingest/nobody', 'application/json')).toEqual([404, 'nothing is taken here']);
  });
});

describe('a request that is not let in', () => {
  test('learns nothing from the answer, and ops learn why from the log', async () => {
    const { url } = await serve();
    const body = JSON.stringify(article);
    const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
    const wrong = await post(url, { body, headers: signed(body, { by: other }) });
    const late = await post(url, { body, headers: signed(body, { at: bench.clock.now() - 400_000 }) });
    const unsigned = await post(url, { body, headers: { 'content-type': 'application/json' } });
    expect(wrong.status).toBe(401);
    for (const one of [late, unsigned]) expect([one.status, one.json]).toEqual([wrong.status, wrong.json]);
    const told = bench.log.lines.map((line) => JSON.stringify(line)).join('\n');
    for (const reason of [/another secret/, /7 min ago/, /not signed/]) expect(told).toMatch(reason);
    expect(told).not.toContain(secret);
    expect(await due()).toEqual([]);
  });

  test.each(['/ingest/desk', '/ingest/portal', '/ingest/nobody', '/ingest/__proto__', `/ingest/${'x'.repeat(90)}`])(
    '%s takes nothing, and says no more',
    async (path) => {
      const { url } = await serve();
      const answer = await post(url, { path });
      expect([answer.status, answer.json]).toEqual([404, { error: 'nothing is taken here' }]);
    },
  );

  test.each(['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('%s is not how it is sent', async (method) => {
    const { url } = await serve();
    for (const path of ['/ingest/cms', '/ingest/nobody']) {
      expect(await post(url, { method, path })).toMatchObject({ status: 405, headers: { allow: 'POST' } });
    }
  });

  test.each<Record<string, string>>([
    { 'content-type': 'application/x-www-form-urlencoded' },
    { 'content-type': 'text/plain' },
    { 'content-type': '' },
    { 'content-encoding': 'gzip' },
  ])('%j is not taken', async (headers) => {
    const { url } = await serve();
    const answer = await post(url, { headers: { ...signed(JSON.stringify(article)), ...headers } });
    expect(answer).toMatchObject({ status: 415, json: { next: expect.stringContaining('application/json') } });
  });

  test('is not looked at any more after a minute’s worth of guesses', async () => {
    const { url } = await serve();
    const headers = { ...signed('x'), 'webhook-signature': 'v1,AAAA' };
    for (let tries = 0; tries < 60; tries++) expect((await post(url, { headers })).status).toBe(401);
    expect(await post(url)).toMatchObject({ status: 429, headers: { 'retry-after': expect.stringMatching(/^\d+$/) } });
    bench.clock.advance(60_000);
    expect(await post(url)).toMatchObject({ status: 202 });
  });
});

test('while the ledger is away a sender is asked to come again, and nothing counts as sent', async () => {
  const { url } = await serve();
  const { sources } = bench.deps.ledger;
  const record = sources.recordTold;
  sources.recordTold = () => Promise.reject(new Error('connection refused'));
  const answer = await post(url);
  sources.recordTold = record;
  expect(answer).toMatchObject({
    status: 503,
    headers: { 'retry-after': '30' },
    json: { next: expect.stringMatching(/again/) },
  });
  expect(JSON.stringify(answer.json)).not.toContain('connection');
  expect(await post(url)).toMatchObject({ status: 202, json: { repeated: false } });
});
