import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import { type MastodonBench, openMastodonBench } from '#tests/fakes/mastodon-bench.ts';
import { somePost } from '#tests/fakes/posts.ts';

describe('Mastodon, refusing', () => {
  let bench: MastodonBench;
  let clock: MastodonBench['clock'];
  let server: MastodonBench['server'];

  beforeEach(async () => {
    bench = await openMastodonBench();
    ({ clock, server } = bench);
  });
  afterEach(() => bench.close());

  const settings: MastodonBench['settings'] = (change) => bench.settings(change);
  const tools: MastodonBench['tools'] = () => bench.tools();
  const sending: MastodonBench['sending'] = (change) => bench.sending(change);
  const prepare: MastodonBench['prepare'] = (one) => bench.prepare(one);
  const publish: MastodonBench['publish'] = (one, change) => bench.publish(one, change);

  it('takes only the server’s own word for a post that is gone', async () => {
    const result = await publish(await prepare(sending()));
    if (result.kind !== 'sent') throw new Error(result.reason);
    const one = await prepare(sending({ key: 'later', remote: { id: result.id, url: result.url } }));
    const proxy = { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>No such site</h1>' };
    server.misbehave(proxy, proxy);
    expect(await mastodon.withdraw!(one, settings(), tools())).toMatchObject({ kind: 'permanent', scope: 'item' });
    expect((await mastodon.edit!(one, settings(), tools())).kind).toBe('permanent');
    server.statuses.clear();
    expect(await mastodon.edit!(one, settings(), tools())).toMatchObject({
      kind: 'permanent',
      scope: 'item',
      reason: 'the post is not there any more: nothing is left to correct',
    });
    expect((await mastodon.withdraw!(one, settings(), tools())).kind).toBe('sent');
  });

  it('waits until the time the server names, and stops for a refused token', async () => {
    const reset = clock.now() + 120_000;
    server.misbehave({ status: 429, headers: { 'x-ratelimit-reset': new Date(reset).toISOString() } });
    expect(await publish(sending())).toMatchObject({ kind: 'notSent', retryAt: reset });
    const date = new Date(clock.now() + 90_000).toUTCString();
    const whole = Math.floor(clock.now() / 1000) * 1000;
    for (const [headers, at] of [
      [{ 'retry-after': date }, Date.parse(date)],
      [{ 'retry-after': '90', 'x-ratelimit-reset': 'soon' }, clock.now() + 90_000],
      [{ 'x-ratelimit-reset': String(whole / 1000 + 90) }, whole + 90_000],
      [{ 'x-ratelimit-reset': '5', 'retry-after': 'later' }, clock.now() + 60_000],
      [{}, clock.now() + 60_000],
    ] as const) {
      server.misbehave({ status: 429, headers });
      expect(await publish(sending())).toMatchObject({ kind: 'notSent', retryAt: at });
    }
    const refused = await publish(sending(), { accessToken: 'another-token' });
    expect(refused).toMatchObject({ kind: 'permanent', scope: 'channel' });
    expect(JSON.stringify(refused)).not.toContain('another-token');
    const segments = [{ kind: 'text', text: 'mưa '.repeat(200) } as const];
    const long = await publish(sending({ post: somePost({ segments }) }));
    expect(long).toMatchObject({ kind: 'permanent', scope: 'item', reason: expect.stringMatching(/too long/) });
  });
});
