import { describe, expect, test } from 'vitest';
import { followHub, keepSubscriptions } from '#jobs/follow-hub.ts';
import { sweep } from '#jobs/sweep.ts';
import { certificate, hubBench, topic } from '#tests/jobs/hub-bench.ts';

const bench = hubBench();
const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('a subscription', () => {
  test('is asked for where the source says, and stands once the hub has verified it', async () => {
    const callback = await bench.subscribe();
    expect(bench.jobs.added).toContainEqual({ kind: 'subscribe-hub', payload: { sourceId: 'portal' } });
    expect(bench.hub.requests).toEqual([
      {
        'hub.mode': 'subscribe',
        'hub.topic': topic,
        'hub.callback': callback,
        'hub.lease_seconds': '864000',
        ...(certificate && { 'hub.secret': expect.stringMatching(/^[0-9a-f]{64}$/) }),
      },
    ]);
    expect(new URL(callback).pathname).toMatch(/^\/websub\/portal\/[\w-]{32}$/);
    expect(bench.hub.verifications).toEqual([
      { status: 200, body: bench.hub.verifications[0]!.challenge, challenge: expect.any(String) },
    ]);
    expect(await bench.active()).toBe(true);
    expect(await bench.of()).toMatchObject({
      leaseUntil: bench.jobs.clock.now() + 10 * day,
      nextAt: bench.jobs.clock.now() + 8 * day,
    });
  });

  test('stands too when the hub verifies before it answers', async () => {
    bench.hub.misbehave({ verify: 'first' });
    await bench.subscribe();
    expect(await bench.active()).toBe(true);
  });

  test('is renewed at 80 % of the hub’s lease, under the same address, and over when that fails', async () => {
    bench.hub.misbehave({ lease: 3600 });
    const callback = await bench.subscribe();
    const renewed = await bench.of();
    expect(await bench.run()).toEqual({ kind: 'later', at: bench.jobs.clock.now() + 48 * minute });
    bench.jobs.clock.advance(48 * minute);
    await bench.jobs.run(sweep, {});
    expect(bench.jobs.added.at(-1)).toEqual({ kind: 'subscribe-hub', payload: { sourceId: 'portal' } });
    await bench.run();
    expect(bench.hub.requests[1]).toMatchObject({ 'hub.mode': 'subscribe', 'hub.callback': callback });
    expect(bench.hub.requests[1]?.['hub.secret']).toBe(bench.hub.requests[0]?.['hub.secret']);
    expect((await bench.of())!.leaseUntil).toBe(renewed!.leaseUntil! + 48 * minute);
    bench.hub.misbehave({ status: 500 });
    bench.jobs.clock.advance(59 * minute);
    await bench.run();
    expect(await bench.active()).toBe(true);
    bench.jobs.clock.advance(2 * minute);
    expect(await bench.active()).toBe(false);
  });

  test.each([307, 308])('follows a %d to another hub', async (status) => {
    const other = await bench.startHub();
    bench.hub.misbehave({ status, headers: { location: other.url } });
    await bench.subscribe();
    await other.settled();
    expect(other.requests).toHaveLength(1);
    expect(await bench.active()).toBe(true);
    await other.close();
  });

  test.each([301, 302, 303, 400, 404, 410, 500, 503])(
    'that is answered %d is tried again, later and later',
    async (status) => {
      bench.hub.misbehave({ status, headers: { location: bench.hub.url } });
      await bench.subscribe();
      expect(bench.hub.requests).toHaveLength(1);
      expect(await bench.of()).toMatchObject({
        failures: 1,
        pending: null,
        error: expect.stringContaining(`answered ${status}`),
      });
      const waits: number[] = [];
      for (let tries = 0; tries < 6; tries++) {
        const outcome = await bench.run();
        const wait = (outcome as { at: number }).at - bench.jobs.clock.now();
        waits.push(wait);
        bench.jobs.clock.advance(wait);
      }
      expect(waits).toEqual([...waits].sort((a, b) => a - b));
      expect(bench.hub.requests.length).toBeGreaterThan(3);
      bench.hub.behave();
      bench.jobs.clock.advance(hour);
      await bench.run();
      expect(await bench.of()).toMatchObject({ failures: 0, failingSince: null, error: null });
    },
  );

  test('waits as long as the hub asks', async () => {
    bench.hub.misbehave({ status: 503, headers: { 'retry-after': '7200' } });
    await bench.subscribe();
    expect((await bench.of())!.nextAt).toBe(bench.jobs.clock.now() + 2 * hour);
  });

  test('that the hub takes and never verifies is asked for again', async () => {
    bench.hub.misbehave({ verify: 'none' });
    await bench.subscribe();
    expect(await bench.of()).toMatchObject({
      pending: 'subscribe',
      failures: 0,
      nextAt: bench.jobs.clock.now() + 10 * minute,
    });
    bench.jobs.clock.advance(10 * minute);
    await bench.run();
    expect(bench.hub.requests).toHaveLength(2);
    expect(await bench.of()).toMatchObject({
      failures: 1,
      error: expect.stringMatching(/never came to http:\S+ to verify/),
    });
  });

  test('that the hub denies is not active, and is asked for much later', async () => {
    bench.hub.misbehave({ verify: 'denied' });
    await bench.subscribe();
    expect(await bench.active()).toBe(false);
    expect(await bench.of()).toMatchObject({ pending: null, error: 'the hub refuses: not your feed' });
    expect((await bench.of())!.nextAt - bench.jobs.clock.now()).toBeGreaterThan(30 * minute);
  });

  test('may be ended by the hub at any time', async () => {
    const callback = await bench.subscribe();
    expect(
      await bench.hub.ask(callback, { 'hub.mode': 'denied', 'hub.topic': 'https://other.example/' }),
    ).toMatchObject({
      status: 404,
    });
    expect(await bench.active()).toBe(true);
    expect(await bench.hub.ask(callback, { 'hub.mode': 'denied', 'hub.topic': topic })).toMatchObject({ status: 200 });
    expect(await bench.active()).toBe(false);
  });

  test('that fails for long is an alert, until it stands', async () => {
    bench.hub.misbehave({ status: 500 });
    await bench.subscribe();
    for (let tries = 0; tries < 12; tries++) {
      bench.jobs.clock.advance(10 * minute);
      await bench.run();
    }
    const cause = 'source-portal-hub';
    expect(await bench.jobs.alerts.open()).toMatchObject([{ cause, message: expect.stringContaining('answered 500') }]);
    bench.hub.behave();
    bench.jobs.clock.advance(6 * hour);
    await bench.run();
    expect(await bench.jobs.alerts.open()).toEqual([]);
  });
});

describe('a subscription ends', () => {
  test('when the source names no hub any more, and the hub is told', async () => {
    const callback = await bench.subscribe();
    await followHub('portal', undefined, bench.jobs.deps);
    expect(await bench.active()).toBe(true);
    await followHub('portal', null, bench.jobs.deps);
    expect(await bench.active()).toBe(false);
    await bench.run();
    expect(bench.hub.requests[1]).toEqual({ 'hub.mode': 'unsubscribe', 'hub.topic': topic, 'hub.callback': callback });
    expect(bench.hub.verifications[1]).toMatchObject({ status: 200 });
    expect(bench.hub.subscriptions.size).toBe(0);
    expect(await bench.run()).toEqual({ kind: 'done' });
  });

  test('when the source has another hub or topic, and begins there', async () => {
    const before = await bench.subscribe();
    const other = await bench.startHub();
    await bench.subscribe(other.url);
    await other.settled();
    expect((await bench.of())!.callback).not.toBe(before);
    expect(bench.hub.requests.map((form) => form['hub.mode'])).toEqual(['subscribe', 'unsubscribe']);
    expect(await bench.active()).toBe(true);
    await other.close();
  });

  test('when the source has left the settings; a new publicUrl begins it anew', async () => {
    const callback = await bench.subscribe();
    const { settings } = bench.jobs.deps;
    Object.assign(settings, { publicUrl: settings.publicUrl.replace('127.0.0.1', 'localhost') });
    await keepSubscriptions(bench.jobs.deps);
    expect((await bench.of())!.callback).not.toBe(callback);
    await keepSubscriptions({ ...bench.jobs.deps, sources: new Map() });
    expect(await bench.of()).toBeNull();
  });

  test('for good, though the hub never agrees to it', async () => {
    await bench.subscribe();
    await followHub('portal', null, bench.jobs.deps);
    bench.hub.misbehave({ status: 500 });
    for (let tries = 0; tries < 6; tries++) {
      await bench.run();
      bench.jobs.clock.advance(hour);
    }
    expect(bench.hub.requests.filter((form) => form['hub.mode'] === 'unsubscribe')).toHaveLength(5);
    expect(await bench.run()).toEqual({ kind: 'done' });
  });
});

test('a hub that could not reach this machine is not asked, and that is said once', async () => {
  bench.isOwn = false;
  for (let poll = 0; poll < 2; poll++) await followHub('portal', { hubs: [bench.hub.url], topic }, bench.jobs.deps);
  expect(await bench.of()).toBeNull();
  const told = bench.jobs.log.lines.filter(({ message }) => /cannot reach http:/.test(message));
  expect(told).toHaveLength(1);
});
