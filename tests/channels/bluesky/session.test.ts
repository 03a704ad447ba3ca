import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bluesky } from '#src/channels/bluesky/channel.ts';
import { type BlueskyBench, openBlueskyBench } from '#tests/fakes/bluesky-bench.ts';
import { keptToken } from '#tests/fakes/kept-token.ts';
import type { Mood } from '#tests/fakes/moods.ts';
import { until } from '#tests/fakes/until.ts';

describe("Bluesky's session", () => {
  let bench: BlueskyBench;

  beforeEach(async () => {
    bench = await openBlueskyBench();
  });
  afterEach(async () => {
    expect(JSON.stringify(bench.log.lines)).not.toMatch(/canary/);
    await bench.close();
  });

  it('says whose account it is', async () => {
    expect(await bluesky.check(bench.settings(), bench.tools())).toMatchObject({ account: '@bao.example' });
    bench.server.misbehaveAt(/getSession/, { status: 501, body: '{"error":"MethodNotImplemented"}' });
    expect(await bluesky.check(bench.settings(), bench.tools())).toMatchObject({ account: '@bao.example' });
    bench.server.misbehaveAt(/getSession/, 'html');
    await expect(bluesky.check(bench.settings(), bench.tools())).rejects.toThrow(
      /answered 200, but with something else/,
    );
  });

  it.each([
    [
      { appPassword: 'canary-wrong-password' },
      /does not know this handle with this app password.*make a new app password/,
    ],
    [{ appPassword: 'canary-own-password' }, /own password: make an app password/],
    [{ identifier: 'khac.example' }, /does not know this handle/],
  ])('says what to do about %o', async (change, words) => {
    bench.use(bench.settings(change));
    await expect(bluesky.check(bench.settings(change), bench.tools())).rejects.toThrow(words);
    const failed = await bench.prepare().catch((error) => error);
    expect(failed.result).toMatchObject({ kind: 'permanent', scope: 'channel', reason: expect.stringMatching(words) });
    expect(failed.result.reason).not.toMatch(/canary/);
  });

  it('tells a provider from something else', async () => {
    bench.server.misbehaveAt(/createSession/, 'html', { status: 503 }, 'garbage');
    for (let times = 0; times < 3; times++) {
      await expect(bluesky.check(bench.settings(), bench.tools())).rejects.toMatchObject({
        next: expect.stringMatching(/Check again/),
      });
    }
  });

  it('asks a provider that the answer names on the usual port alone, and never with the password', async () => {
    const asked: { url: string; operatorUrl?: boolean; body?: unknown }[] = [];
    const document = { service: [{ id: '#atproto_pds', serviceEndpoint: 'https://elsewhere.example:6379' }] };
    const session = { did: 'did:plc:a', handle: 'bao.example', accessJwt: 'canary.a', refreshJwt: 'canary.r' };
    const http = {
      request: async (request: any) => {
        asked.push(request);
        const body = Buffer.from(JSON.stringify({ ...session, didDoc: document }));
        return { status: 200, headers: {}, body, url: request.url, movedTo: null };
      },
    };
    const settings = bench.settings();
    await bluesky.check(settings, bench.tools({ http, token: keptToken(bluesky, settings, { http }) }));
    const [login, after] = asked;
    expect(login).toMatchObject({ url: expect.stringContaining(settings.service), operatorUrl: true });
    expect(after).toMatchObject({ url: expect.stringContaining('elsewhere.example:6379'), operatorUrl: false });
    expect(asked.filter(({ body }) => String(body).includes(settings.appPassword))).toEqual([login]);
  });

  it.each([
    ['a token that would be two headers', { accessJwt: 'canary.a\r\nx-evil: 1' }],
    ['a token without end', { refreshJwt: 'canary'.repeat(10_000) }],
    ['a name that is no DID', { did: '../../admin' }],
  ])('takes nothing from a log-in with %s', async (_name, change) => {
    const session = { did: 'did:plc:a', handle: 'bao.example', accessJwt: 'canary.a', refreshJwt: 'canary.r' };
    const answer = { status: 200, body: JSON.stringify({ ...session, ...change }) };
    bench.server.misbehaveAt(/createSession/, answer);
    await expect(bluesky.check(bench.settings(), bench.tools())).rejects.toThrow(/is not Bluesky's/);
  });

  it('names the account shortly, whatever the provider says', async () => {
    const session = { did: 'did:plc:a', handle: 'x'.repeat(5000), accessJwt: 'canary.a', refreshJwt: 'canary.r' };
    bench.server.misbehaveAt(/createSession/, { status: 200, body: JSON.stringify(session) });
    bench.server.misbehaveAt(/getSession/, { status: 501 });
    expect(await bluesky.check(bench.settings(), bench.tools())).toMatchObject({ account: '@did:plc:a' });
  });

  it('renews what ended in the middle, and logs in when nothing else helps', async () => {
    const one = await bench.prepare();
    bench.server.sessions.expire();
    expect(await bench.publish(one)).toMatchObject({ kind: 'sent' });
    expect(bench.server.sessions.logins).toHaveLength(1);
    bench.server.sessions.revoke();
    expect(await bench.publish(await bench.prepare(bench.sending({ key: 'second' })))).toMatchObject({ kind: 'sent' });
    expect(bench.server.sessions.logins).toHaveLength(2);
    expect(bench.server.record).toHaveLength(2);
  });

  it('renews for a 401 that does not say why', async () => {
    const one = await bench.prepare();
    bench.server.misbehave({ status: 401, body: '<h1>401</h1>' });
    expect(await bench.publish(one)).toMatchObject({ kind: 'sent' });
    bench.server.misbehave({ status: 401 }, { status: 401 });
    expect(await bench.publish(one)).toMatchObject({ kind: 'permanent', scope: 'channel' });
  });

  it.each<[string, Mood]>([
    ['refused in words that nobody knows', { status: 400, body: '{"error":"InvalidRequest"}' }],
    ['not to be found', { status: 404, body: '<h1>404</h1>' }],
    ['answered with a page', 'html'],
    ['not answered', 'answer lost'],
    ['down', { status: 503 }],
  ])('logs in where the renewal is %s', async (_name, mood) => {
    const one = await bench.prepare();
    bench.server.sessions.expire();
    bench.server.misbehaveAt(/refreshSession/, mood);
    expect(await bench.publish(one)).toMatchObject({ kind: 'sent' });
    expect(bench.server.sessions.logins).toHaveLength(2);
  });

  it('logs in before the time of a request is over where nobody answers a renewal', async () => {
    const one = await bench.prepare();
    bench.server.sessions.expire();
    bench.server.misbehaveAt(/refreshSession/, 'hang');
    const running = bench.publish(one);
    await until(() => bench.server.requests.some((asked) => /refreshSession/.test(asked)));
    bench.clock.advance(8000);
    expect(await running).toMatchObject({ kind: 'sent' });
  });

  it('waits where renewals or log-ins are too many, and blames no post for a log-in that is refused', async () => {
    const one = await bench.prepare();
    bench.server.sessions.expire();
    bench.server.misbehaveAt(/refreshSession/, { status: 429, headers: { 'retry-after': '300' } });
    const retryAt = bench.clock.now() + 300_000;
    expect(await bench.publish(one)).toMatchObject({ kind: 'notSent', retryAt });
    bench.server.sessions.revoke();
    bench.server.misbehaveAt(/createSession/, { status: 400, body: '{"error":"InvalidRequest"}' });
    expect(await bench.publish(one)).toMatchObject({ kind: 'permanent', scope: 'channel' });
  });

  it('logs in anew after the password was changed in the settings', async () => {
    const stored = await bench.tools().token();
    bench.server.account.appPassword = 'canary-new-password';
    bench.use(bench.settings(), stored);
    expect((await bench.prepare()).prepared.repo).toBe(bench.server.account.did);
    expect(bench.server.sessions.logins).toHaveLength(2);
  });

  it('stops the channel when a fresh session is refused too, and never calls it doubtful', async () => {
    const one = await bench.prepare();
    const body = '{"error":"InvalidToken","message":"Token could not be verified"}';
    bench.server.misbehave({ status: 400, body }, { status: 400, body });
    expect(await bench.publish(one)).toMatchObject({ kind: 'permanent', scope: 'channel' });
    bench.server.sessions.revoke();
    bench.server.misbehaveAt(/createSession/, 'hang');
    bench.server.misbehaveAt(/createSession/, { status: 503 });
    const stop = new AbortController();
    const running = bluesky.publish(one, bench.settings(), bench.tools({ signal: stop.signal }));
    stop.abort(new Error('enough'));
    expect((await running).kind).not.toBe('ambiguous');
    expect(bench.server.record).toHaveLength(0);
  });

  it.each([
    ['AccountTakedown', 'takendown'],
    ['AccountDeactivated', 'deactivated'],
  ])('stops the channel for %s', async (error, status) => {
    const one = await bench.prepare();
    bench.server.sessions.close(error, status);
    expect(await bench.publish(one)).toMatchObject({ kind: 'permanent', scope: 'channel' });
    bench.use(bench.settings());
    await expect(bluesky.check(bench.settings(), bench.tools())).rejects.toThrow(/not active/);
    await expect(bench.prepare()).rejects.toMatchObject({ result: { kind: 'permanent', scope: 'channel' } });
  });
});
