import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { followHub, keepSubscriptions } from '#jobs/follow-hub.ts';
import { pollSource } from '#jobs/poll-source.ts';
import { subscribeHub } from '#jobs/subscribe-hub.ts';
import { sweep } from '#jobs/sweep.ts';
import { createHubCallbacks } from '#jobs/take-delivery.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { makeCertificate } from '#tests/fakes/certificate.ts';
import { type HubServer, startHubServer } from '#tests/fakes/hub-server.ts';
import { type JobBench, openJobBench } from '#tests/fakes/job-bench.ts';
import { startServer } from '#tests/server/server-bench.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const topic = 'https://bao.example/rss';
const certificate = makeCertificate();

let bench: JobBench;
let http: HttpClient;
let hub: HubServer;
let random = 0;
let isOwn = true;
beforeAll(async () => {
  bench = await openJobBench();
  if (certificate) setDefaultCACertificates([...getCACertificates('default'), certificate.cert]);
  http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock: bench.clock });
  Object.assign(bench.deps, {
    http,
    ownNetwork: (host: string) => isOwn && host === '127.0.0.1',
    delivery: { random: (bytes: number) => new Uint8Array(bytes).fill(++random) },
  });
  const configured = bench.deps.sources.get('portal')!;
  configured.source.absorb = (document, cursor) => {
    const text = new TextDecoder().decode(document.body);
    if (!text.startsWith('<rss>')) throw new Error('it is no feed');
    const refs = [{ ...ref, title: text, stamp: text }];
    return { refs, cursor: { ...cursor, told: text }, unchanged: false, notBefore: null, warnings: [] };
  };
});
afterAll(async () => {
  await http.close();
  await bench.close();
});

const ref: ArticleRef = {
  ...{ externalId: 'tin-1', url: null, title: 'Tin', stamp: '1', sign: 'changed', payload: null },
};

beforeEach(async () => {
  await bench.reset();
  isOwn = true;
  hub = await startHubServer(certificate ? { tls: certificate } : {});
  const { url } = await startServer({ deps: { websub: createHubCallbacks(bench.deps) }, clock: bench.clock });
  Object.assign(bench.deps.settings, { publicUrl: url });
});
afterEach(() => hub.close());

const run = async () => {
  const outcome = await bench.run(subscribeHub, { sourceId: 'portal' });
  await hub.settled();
  return outcome;
};
const of = () => bench.deps.ledger.subscriptions.of('portal');
const active = () => bench.deps.ledger.subscriptions.active('portal', bench.clock.now());
const due = async () =>
  (await bench.deps.ledger.sources.dueReadings(bench.clock.now(), 10)).map(({ ref }) => ref.title);

/** The first poll, which names the hub, and its subscription. */
async function subscribe(url = hub.url): Promise<string> {
  bench.script.poll = () => ({
    ...{ refs: [], cursor: { at: 1 }, unchanged: true, notBefore: null, warnings: [], hub: { hubs: [url], topic } },
  });
  bench.clock.advance(2 * minute);
  await bench.run(pollSource, { sourceId: 'portal' });
  await run();
  return (await of())!.callback;
}

describe('a subscription', () => {
  test('is asked for where the source says, and stands once the hub has verified it', async () => {
    const callback = await subscribe();
    expect(bench.added).toContainEqual({ kind: 'subscribe-hub', payload: { sourceId: 'portal' } });
    expect(hub.requests).toEqual([
      {
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.callback': callback,
        'hub.lease_seconds': '864000',
        ...(certificate && { 'hub.secret': expect.stringMatching(/^[0-9a-f]{64}$/) }),
      },
    ]);
    expect(new URL(callback).pathname).toMatch(/^\/websub\/portal\/[\w-]{32}$/);
    expect(hub.verifications).toEqual([
      { status: 200, body: hub.verifications[0]!.challenge, challenge: expect.any(String) },
    ]);
    expect(await active()).toBe(true);
    expect(await of()).toMatchObject({ leaseUntil: bench.clock.now() + 10 * day, nextAt: bench.clock.now() + 8 * day });
  });

  test('stands too when the hub verifies before it answers', async () => {
    hub.misbehave({ verify: 'first' });
    await subscribe();
    expect(await active()).toBe(true);
  });

  test('is renewed at 80 % of the hub’s lease, under the same address, and over when that fails', async () => {
    hub.misbehave({ lease: 3600 });
    const callback = await subscribe();
    const renewed = await of();
    expect(await run()).toEqual({ kind: 'later', at: bench.clock.now() + 48 * minute });
    bench.clock.advance(48 * minute);
    await bench.run(sweep, {});
    expect(bench.added.at(-1)).toEqual({ kind: 'subscribe-hub', payload: { sourceId: 'portal' } });
    await run();
    expect(hub.requests[1]).toMatchObject({ 'hub.mode': 'subscribe', 'hub.callback': callback });
    expect(hub.requests[1]?.['hub.secret']).toBe(hub.requests[0]?.['hub.secret']);
    expect((await of())!.leaseUntil).toBe(renewed!.leaseUntil! + 48 * minute);
    hub.misbehave({ status: 500 });
    bench.clock.advance(59 * minute);
    await run();
    expect(await active()).toBe(true);
    bench.clock.advance(2 * minute);
    expect(await active()).toBe(false);
  });

  test.each([307, 308])('follows a %d to another hub', async (status) => {
    const other = await startHubServer(certificate ? { tls: certificate } : {});
    hub.misbehave({ status, headers: { location: other.url } });
    await subscribe();
    await other.settled();
    expect(other.requests).toHaveLength(1);
    expect(await active()).toBe(true);
    await other.close();
  });

  test.each([301, 302, 303, 400, 404, 410, 500, 503])(
    'that is answered %d is tried again, later and later',
    async (status) => {
      hub.misbehave({ status, headers: { location: hub.url } });
      await subscribe();
      expect(hub.requests).toHaveLength(1);
      expect(await of()).toMatchObject({
        failures: 1,
        pending: null,
        error: expect.stringContaining(`answered ${status}`),
      });
      const waits: number[] = [];
      for (let tries = 0; tries < 6; tries++) {
        const outcome = await run();
        const wait = (outcome as { at: number }).at - bench.clock.now();
        waits.push(wait);
        bench.clock.advance(wait);
      }
      expect(waits).toEqual([...waits].sort((a, b) => a - b));
      expect(hub.requests.length).toBeGreaterThan(3);
      hub.behave();
      bench.clock.advance(hour);
      await run();
      expect(await of()).toMatchObject({ failures: 0, failingSince: null, error: null });
    },
  );

  test('waits as long as the hub asks', async () => {
    hub.misbehave({ status: 503, headers: { 'retry-after': '7200' } });
    await subscribe();
    expect((await of())!.nextAt).toBe(bench.clock.now() + 2 * hour);
  });

  test('that the hub takes and never verifies is asked for again', async () => {
    hub.misbehave({ verify: 'none' });
    await subscribe();
    expect(await of()).toMatchObject({ pending: 'subscribe', failures: 0, nextAt: bench.clock.now() + 10 * minute });
    bench.clock.advance(10 * minute);
    await run();
    expect(hub.requests).toHaveLength(2);
    expect(await of()).toMatchObject({ failures: 1, error: expect.stringMatching(/never came to http:\S+ to verify/) });
  });

  test('that the hub denies is not active, and is asked for much later', async () => {
    hub.misbehave({ verify: 'denied' });
    await subscribe();
    expect(await active()).toBe(false);
    expect(await of()).toMatchObject({ pending: null, error: 'the hub refuses: not your feed' });
    expect((await of())!.nextAt - bench.clock.now()).toBeGreaterThan(30 * minute);
  });

  test('may be ended by the hub at any time', async () => {
    const callback = await subscribe();
    expect(await hub.ask(callback, { 'hub.mode': 'denied', 'hub.topic': 'https://other.example/' })).toMatchObject({
      status: 404,
    });
    expect(await active()).toBe(true);
    expect(await hub.ask(callback, { 'hub.mode': 'denied', 'hub.topic': topic })).toMatchObject({ status: 200 });
    expect(await active()).toBe(false);
  });

  test('that fails for long is an alert, until it stands', async () => {
    hub.misbehave({ status: 500 });
    await subscribe();
    for (let tries = 0; tries < 12; tries++) {
      bench.clock.advance(10 * minute);
      await run();
    }
    const cause = 'source-portal-hub';
    expect(await bench.alerts.open()).toMatchObject([{ cause, message: expect.stringContaining('answered 500') }]);
    hub.behave();
    bench.clock.advance(6 * hour);
    await run();
    expect(await bench.alerts.open()).toEqual([]);
  });
});

describe('a verification', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': 'c', 'hub.lease_seconds': '60' };

  test('of what nobody asked for is not confirmed', async () => {
    const callback = await subscribe();
    const stood = await of();
    for (const change of [
      {},
      { 'hub.mode': 'unsubscribe' },
      { 'hub.mode': 'publish' },
      { 'hub.topic': 'https://other.example/' },
    ]) {
      expect(await hub.ask(callback, { ...query, ...change })).toMatchObject({ status: 404 });
    }
    expect(await hub.ask(`${callback}x`, query)).toMatchObject({ status: 404 });
    expect(await hub.ask(callback.replace('portal', 'desk'), query)).toMatchObject({ status: 404 });
    expect(await of()).toEqual(stood);
  });

  test('of another topic than was asked for is not confirmed', async () => {
    hub.misbehave({ topic: 'https://other.example/rss' });
    await subscribe();
    expect(hub.verifications).toMatchObject([{ status: 404 }]);
    expect(await active()).toBe(false);
  });

  test('without a challenge is not confirmed, and a challenge is echoed as plain text', async () => {
    hub.misbehave({ verify: 'none' });
    const callback = await subscribe();
    expect(await hub.ask(callback, { ...query, 'hub.challenge': '' })).toMatchObject({ status: 404 });
    const address = `${callback}?${new URLSearchParams({ ...query, 'hub.challenge': '<script>1</script>' })}`;
    const response = await fetch(address);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('<script>1</script>');
  });
});

describe('a delivery', () => {
  test('is in the ledger when the hub is answered, without a poll', async () => {
    await subscribe();
    expect(await hub.publish(topic, '<rss>Tin mới</rss>')).toEqual([{ status: 202, body: '' }]);
    expect(await due()).toEqual(['<rss>Tin mới</rss>']);
    expect(bench.added.at(-1)?.kind).toBe('read-article');
    expect(await bench.deps.ledger.sources.state('portal', 0)).toMatchObject({
      cursor: { at: 1, told: '<rss>Tin mới</rss>' },
    });
    await hub.publish(topic, '<rss>Tin mới</rss>');
    expect(await due()).toHaveLength(1);
  });

  test('that cannot be read has the source polled at once', async () => {
    await subscribe();
    expect(await hub.publish(topic, 'rubbish')).toMatchObject([{ status: 202 }]);
    expect(bench.added.at(-1)).toEqual({ kind: 'poll-source', payload: { sourceId: 'portal' } });
    expect((await bench.deps.ledger.sources.state('portal', 0)).nextPollAt).toBe(bench.clock.now());
    bench.script.poll = () => ({ refs: [ref], cursor: { at: 2 }, unchanged: false, notBefore: null, warnings: [] });
    await bench.run(pollSource, { sourceId: 'portal' });
    expect(await due()).toEqual(['Tin']);
  });

  test('to an address that is no hub’s, or no longer, is told to stop', async () => {
    const callback = await subscribe();
    const send = (address: string) => fetch(address, { method: 'POST', body: '<rss>' });
    expect((await send(`${callback}x`)).status).toBe(410);
    expect((await fetch(callback, { method: 'PUT', body: '<rss>' })).status).toBe(405);
    await bench.deps.ledger.subscriptions.want('portal', null, bench.clock.now());
    expect((await send(callback)).status).toBe(410);
    expect(await due()).toEqual([]);
  });

  test('while the ledger is away is asked for again', async () => {
    await subscribe();
    const { sources } = bench.deps.ledger;
    const record = sources.recordTold;
    sources.recordTold = () => Promise.reject(new Error('connection refused'));
    const answers = await hub.publish(topic, '<rss>Tin</rss>');
    sources.recordTold = record;
    expect(answers).toMatchObject([{ status: 503 }]);
  });

  describe.skipIf(!certificate)('is signed', () => {
    test.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('by %s', async (method) => {
      await subscribe();
      hub.misbehave({ method });
      await hub.publish(topic, '<rss>Tin</rss>');
      expect(await due()).toEqual(['<rss>Tin</rss>']);
    });

    test.each<[string, string | null]>([
      ['nothing', null],
      ['somebody else', `sha256=${'0'.repeat(64)}`],
      ['half of it', 'sha256=00'],
      ['a method of its own', `md5=${'0'.repeat(32)}`],
      ['rubbish', 'sha256'],
    ])('and ignored when it is by %s, though the hub is not told', async (_, signature) => {
      await subscribe();
      const added = bench.added.length;
      expect(await hub.publish(topic, '<rss>Tin</rss>', { signature })).toEqual([{ status: 202, body: '' }]);
      expect(await due()).toEqual([]);
      expect(bench.added).toHaveLength(added);
      expect(bench.log.lines.at(-1)?.message).toMatch(/delivery from its hub was ignored/);
    });
  });

  test('of a hub by plain http is never given a secret; among neighbours it is believed, else it says when to look', async () => {
    const plain = await startHubServer();
    await subscribe(plain.url);
    await plain.settled();
    expect(plain.requests[0]).not.toHaveProperty('hub.secret');
    await plain.publish(topic, '<rss>Tin</rss>');
    expect(await due()).toEqual(['<rss>Tin</rss>']);
    isOwn = false;
    await plain.publish(topic, '<rss>Tin giả</rss>');
    expect(await due()).toEqual(['<rss>Tin</rss>']);
    expect(bench.added.at(-1)?.kind).toBe('poll-source');
    await plain.close();
  });
});

describe('a subscription ends', () => {
  test('when the source names no hub any more, and the hub is told', async () => {
    const callback = await subscribe();
    await followHub('portal', undefined, bench.deps);
    expect(await active()).toBe(true);
    await followHub('portal', null, bench.deps);
    expect(await active()).toBe(false);
    await run();
    expect(hub.requests[1]).toEqual({ 'hub.mode': 'unsubscribe', 'hub.topic': topic, 'hub.callback': callback });
    expect(hub.verifications[1]).toMatchObject({ status: 200 });
    expect(hub.subscriptions.size).toBe(0);
    expect(await run()).toEqual({ kind: 'done' });
  });

  test('when the source has another hub or topic, and begins there', async () => {
    const before = await subscribe();
    const other = await startHubServer(certificate ? { tls: certificate } : {});
    await subscribe(other.url);
    await other.settled();
    expect((await of())!.callback).not.toBe(before);
    expect(hub.requests.map((form) => form['hub.mode'])).toEqual(['subscribe', 'unsubscribe']);
    expect(await active()).toBe(true);
    await other.close();
  });

  test('when the source has left the settings; a new publicUrl begins it anew', async () => {
    const callback = await subscribe();
    const { settings } = bench.deps;
    Object.assign(settings, { publicUrl: settings.publicUrl.replace('127.0.0.1', 'localhost') });
    await keepSubscriptions(bench.deps);
    expect((await of())!.callback).not.toBe(callback);
    await keepSubscriptions({ ...bench.deps, sources: new Map() });
    expect(await of()).toBeNull();
  });

  test('for good, though the hub never agrees to it', async () => {
    await subscribe();
    await followHub('portal', null, bench.deps);
    hub.misbehave({ status: 500 });
    for (let tries = 0; tries < 6; tries++) {
      await run();
      bench.clock.advance(hour);
    }
    expect(hub.requests.filter((form) => form['hub.mode'] === 'unsubscribe')).toHaveLength(5);
    expect(await run()).toEqual({ kind: 'done' });
  });
});

test('a hub that could not reach this machine is not asked, and that is said once', async () => {
  isOwn = false;
  for (let poll = 0; poll < 2; poll++) await followHub('portal', { hubs: [hub.url], topic }, bench.deps);
  expect(await of()).toBeNull();
  const told = bench.log.lines.filter(({ message }) => /cannot reach http:/.test(message));
  expect(told).toHaveLength(1);
});
