import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sending } from '#src/channels/channel.ts';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import type { PostPhoto } from '#src/core/post.ts';
import { createHttp } from '#src/net/http-client.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { type MastodonServer, startMastodon } from '#tests/fakes/mastodon-server.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

const token = 'canary-token-of-the-account';
const photo = (name: string, alt: string | null): PostPhoto => {
  const file = `photos/${name}.jpg`;
  const url = `https://loa.example/${file}`;
  return { url, file, width: 1280, height: 960, bytes: 4, type: 'image/jpeg', alt, caption: alt, credit: null };
};
const photos = [photo('cau', 'Người dân qua cầu treo (Thu An)'), photo('cho', null)];

describe('Mastodon, refusing', () => {
  let clock: ReturnType<typeof manualClock>;
  let server: MastodonServer;
  let http: ReturnType<typeof createHttp>;

  beforeEach(async () => {
    clock = manualClock();
    server = await startMastodon({ token, now: clock.now });
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  });
  afterEach(async () => {
    await http.close();
    await server.close();
  });

  const settings = (change = {}) => mastodon.settings.parse({ baseUrl: server.url, accessToken: token, ...change });
  const tools = () =>
    fakeChannelTools({ http, clock, photo: async () => new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), channelId: 'fedi' });
  const sending = (change: Partial<Sending<any>> = {}) =>
    someSending({ post: somePost({ photos }), at: new Date(clock.now()).toISOString(), ...change });
  const prepare = async (one: Sending<any>) => ({
    ...one,
    prepared: await mastodon.prepare!(one, settings(), tools()),
  });
  const publish = (one: Sending<any>, change = {}) => mastodon.publish(one, settings(change), tools());

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
