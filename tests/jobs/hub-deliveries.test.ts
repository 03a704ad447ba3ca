import { describe, expect, test } from 'vitest';
import { pollSource } from '#jobs/poll-source.ts';
import { startHubServer } from '#tests/fakes/hub-server.ts';
import { certificate, hubBench, ref, topic } from '#tests/jobs/hub-bench.ts';

const bench = hubBench();

describe('a verification', () => {
  const query = { 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.challenge': 'c', 'hub.lease_seconds': '60' };

  test('of what nobody asked for is not confirmed', async () => {
    const callback = await bench.subscribe();
    const stood = await bench.of();
    for (const change of [
      {},
      { 'hub.mode': 'unsubscribe' },
      { 'hub.mode': 'publish' },
      { 'hub.topic': 'https://other.example/' },
    ]) {
      expect(await bench.hub.ask(callback, { ...query, ...change })).toMatchObject({ status: 404 });
    }
    expect(await bench.hub.ask(`${callback}x`, query)).toMatchObject({ status: 404 });
    expect(await bench.hub.ask(callback.replace('portal', 'desk'), query)).toMatchObject({ status: 404 });
    expect(await bench.of()).toEqual(stood);
  });

  test('of another topic than was asked for is not confirmed', async () => {
    bench.hub.misbehave({ topic: 'https://other.example/rss' });
    await bench.subscribe();
    expect(bench.hub.verifications).toMatchObject([{ status: 404 }]);
    expect(await bench.active()).toBe(false);
  });

  test('without a challenge is not confirmed, and a challenge is echoed as plain text', async () => {
    bench.hub.misbehave({ verify: 'none' });
    const callback = await bench.subscribe();
    expect(await bench.hub.ask(callback, { ...query, 'hub.challenge': '' })).toMatchObject({ status: 404 });
    const address = `${callback}?${new URLSearchParams({ ...query, 'hub.challenge': '<script>1</script>' })}`;
    const response = await fetch(address);
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await response.text()).toBe('<script>1</script>');
  });
});

describe('a delivery', () => {
  test('is in the ledger when the hub is answered, without a poll', async () => {
    await bench.subscribe();
    expect(await bench.hub.publish(topic, '<rss>Tin mới</rss>')).toEqual([{ status: 202, body: '' }]);
    expect(await bench.due()).toEqual(['<rss>Tin mới</rss>']);
    expect(bench.jobs.added.at(-1)?.kind).toBe('read-article');
    expect(await bench.jobs.deps.ledger.sources.state('portal', 0)).toMatchObject({
      cursor: { at: 1, told: '<rss>Tin mới</rss>' },
    });
    await bench.hub.publish(topic, '<rss>Tin mới</rss>');
    expect(await bench.due()).toHaveLength(1);
  });

  test('that cannot be read has the source polled at once', async () => {
    await bench.subscribe();
    expect(await bench.hub.publish(topic, 'rubbish')).toMatchObject([{ status: 202 }]);
    expect(bench.jobs.added.at(-1)).toEqual({ kind: 'poll-source', payload: { sourceId: 'portal' } });
    expect((await bench.jobs.deps.ledger.sources.state('portal', 0)).nextPollAt).toBe(bench.jobs.clock.now());
    bench.jobs.script.poll = () => ({
      refs: [ref],
      cursor: { at: 2 },
      unchanged: false,
      notBefore: null,
      warnings: [],
    });
    await bench.jobs.run(pollSource, { sourceId: 'portal' });
    expect(await bench.due()).toEqual(['Tin']);
  });

  test('to an address that is no hub’s, or no longer, is told to stop', async () => {
    const callback = await bench.subscribe();
    const send = (address: string) => fetch(address, { method: 'POST', body: '<rss>' });
    expect((await send(`${callback}x`)).status).toBe(410);
    expect((await fetch(callback, { method: 'PUT', body: '<rss>' })).status).toBe(405);
    await bench.jobs.deps.ledger.subscriptions.want('portal', null, bench.jobs.clock.now());
    expect((await send(callback)).status).toBe(410);
    expect(await bench.due()).toEqual([]);
  });

  test('while the ledger is away is asked for again', async () => {
    await bench.subscribe();
    const { sources } = bench.jobs.deps.ledger;
    const record = sources.recordTold;
    sources.recordTold = () => Promise.reject(new Error('connection refused'));
    const answers = await bench.hub.publish(topic, '<rss>Tin</rss>');
    sources.recordTold = record;
    expect(answers).toMatchObject([{ status: 503 }]);
  });

  describe.skipIf(!certificate)('is signed', () => {
    test.each(['sha1', 'sha256', 'sha384', 'sha512'] as const)('by %s', async (method) => {
      await bench.subscribe();
      bench.hub.misbehave({ method });
      await bench.hub.publish(topic, '<rss>Tin</rss>');
      expect(await bench.due()).toEqual(['<rss>Tin</rss>']);
    });

    test.each<[string, string | null]>([
      ['nothing', null],
      ['somebody else', `sha256=${'0'.repeat(64)}`],
      ['half of it', 'sha256=00'],
      ['a method of its own', `md5=${'0'.repeat(32)}`],
      ['rubbish', 'sha256'],
    ])('and ignored when it is by %s, though the hub is not told', async (_, signature) => {
      await bench.subscribe();
      const added = bench.jobs.added.length;
      expect(await bench.hub.publish(topic, '<rss>Tin</rss>', { signature })).toEqual([{ status: 202, body: '' }]);
      expect(await bench.due()).toEqual([]);
      expect(bench.jobs.added).toHaveLength(added);
      expect(bench.jobs.log.lines.at(-1)?.message).toMatch(/delivery from its hub was ignored/);
    });
  });

  test('of a hub by plain http is never given a secret; among neighbours it is believed, else it says when to look', async () => {
    const plain = await startHubServer();
    await bench.subscribe(plain.url);
    await plain.settled();
    expect(plain.requests[0]).not.toHaveProperty('hub.secret');
    await plain.publish(topic, '<rss>Tin</rss>');
    expect(await bench.due()).toEqual(['<rss>Tin</rss>']);
    bench.isOwn = false;
    await plain.publish(topic, '<rss>Tin giả</rss>');
    expect(await bench.due()).toEqual(['<rss>Tin</rss>']);
    expect(bench.jobs.added.at(-1)?.kind).toBe('poll-source');
    await plain.close();
  });
});
