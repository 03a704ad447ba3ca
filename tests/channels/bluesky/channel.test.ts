import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bluesky } from '#src/channels/bluesky/channel.ts';
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import type { PostPhoto } from '#src/core/post.ts';
import { createHttp } from '#src/net/http-client.ts';
import { type BlueskyServer, startBluesky } from '#tests/fakes/bluesky-server.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { keptToken } from '#tests/fakes/kept-token.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import type { Mood } from '#tests/fakes/moods.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

const photo = (name: string, alt: string | null): PostPhoto => {
  const file = `photos/${name}.jpg`;
  const url = `https://loa.example/${file}`;
  return { url, file, width: 1280, height: 960, bytes: 4, type: 'image/jpeg', alt, caption: alt, credit: null };
};
const photos = [photo('cau', 'Người dân qua cầu treo (Thu An)'), photo('cho', null)];
const jpeg = (name: string, bytes = 100) => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(bytes, name)]);

describe('Bluesky', () => {
  let clock: ReturnType<typeof manualClock>;
  let server: BlueskyServer;
  let http: ReturnType<typeof createHttp>;
  let log: ReturnType<typeof recordingLog>;
  let tools: ChannelTools;
  let files: Map<string, Uint8Array>;

  beforeEach(async () => {
    clock = manualClock();
    server = await startBluesky({ now: clock.now });
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
    log = recordingLog();
    files = new Map(photos.map(({ file }) => [file, jpeg(file)]));
    tools = toolsFor(settings());
  });
  afterEach(async () => {
    expect(JSON.stringify(log.lines)).not.toMatch(/canary/);
    await http.close();
    await server.close();
  });

  const settings = (change = {}) => {
    const { handle, appPassword } = server.account;
    return bluesky.settings.parse({ service: server.url, identifier: handle, appPassword, ...change });
  };
  const toolsFor = (mine: ReturnType<typeof settings>) => {
    const reach = { http, clock, log, photo: async (file: string) => files.get(file) ?? null };
    return fakeChannelTools({ ...reach, token: keptToken(bluesky, mine, reach) });
  };
  const sending = (change: Partial<Sending<any>> = {}) =>
    someSending({ post: somePost({ photos }), at: new Date(clock.now()).toISOString(), ...change });
  const prepare = async (one: Sending<any>, mine = settings()) => {
    return { ...one, prepared: await bluesky.prepare!(one, mine, tools) };
  };
  const publish = (one: Sending<any>, mine = settings()) => bluesky.publish(one, mine, tools);
  const standing = () => [...server.posts.values()].map(({ value }) => value);

  it('says whose account it is', async () => {
    expect(await bluesky.check(settings(), tools)).toMatchObject({ account: '@bao.example' });
    server.misbehaveAt(/getSession/, { status: 501, body: '{"error":"MethodNotImplemented"}' });
    expect(await bluesky.check(settings(), tools)).toMatchObject({ account: '@bao.example' });
  });

  it.each([
    [
      { appPassword: 'canary-wrong-password' },
      /does not know this handle with this app password.*make a new app password/,
    ],
    [{ appPassword: 'canary-own-password' }, /own password: make an app password/],
    [{ identifier: 'khac.example' }, /does not know this handle/],
  ])('says what to do about %o', async (change, words) => {
    tools = toolsFor(settings(change));
    await expect(bluesky.check(settings(change), tools)).rejects.toThrow(words);
    const failed = await prepare(sending(), settings(change)).catch((error) => error);
    expect(failed.result).toMatchObject({ kind: 'permanent', scope: 'channel', reason: expect.stringMatching(words) });
    expect(failed.result.reason).not.toMatch(/canary/);
  });

  it('tells a provider from something else', async () => {
    server.misbehaveAt(/createSession/, 'html', { status: 503 }, 'garbage');
    for (let times = 0; times < 3; times++) {
      await expect(bluesky.check(settings(), tools)).rejects.toMatchObject({
        next: expect.stringMatching(/Check again/),
      });
    }
  });

  it('posts with photos, alt texts, shapes, facets and language', async () => {
    const one = await prepare(sending());
    const result = await publish(one);
    const { did } = server.account;
    expect(result).toMatchObject({
      kind: 'sent',
      id: `at://${did}/app.bsky.feed.post/${one.prepared.rkey}`,
      url: `https://bsky.app/profile/${did}/post/${one.prepared.rkey}`,
    });
    const [post] = standing();
    expect(post).toMatchObject({ langs: ['vi'], createdAt: new Date(clock.now()).toISOString() });
    expect(post.embed.images.map(({ alt }: any) => alt)).toEqual(['Người dân qua cầu treo (Thu An)', '']);
    expect(post.facets).toHaveLength(2);
    expect(server.uploads.map(({ mimeType }) => mimeType)).toEqual(['image/jpeg', 'image/jpeg']);
  });

  it('shows a card with the first photo where the settings say so', async () => {
    const mine = settings({ embed: 'card' });
    tools = toolsFor(mine);
    expect(bluesky.limits(mine, {})).toMatchObject({ photos: 1, photo: { bytes: 1_000_000 } });
    await publish(await prepare(sending({ post: somePost({ photos: photos.slice(0, 1) }) }), mine), mine);
    expect(standing()[0].embed.external).toMatchObject({
      title: somePost().article.headline,
      thumb: { $type: 'blob' },
    });
  });

  const doubtful: Mood[] = ['answer lost', 'proxy page', '500', 'html', 'garbage', 'empty', 'huge'];
  it.each(doubtful)('makes one post of any number of tries after: %s', async (mood) => {
    const one = await prepare(sending());
    server.misbehave(mood, mood);
    for (const kind of ['ambiguous', 'ambiguous', 'sent', 'sent']) expect(await publish(one)).toMatchObject({ kind });
    expect(server.record).toHaveLength(1);
  });

  it('sends the same bytes after the row went through a database and the day went by', async () => {
    const one = await prepare(sending());
    server.misbehave('answer lost');
    await publish(one);
    clock.advance(23 * 3_600_000);
    const shuffled = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(one.prepared).reverse())));
    expect(await publish({ ...one, prepared: shuffled })).toMatchObject({ kind: 'sent' });
    expect(server.record.map(({ op }) => op)).toEqual(['create']);
    const again = await prepare(sending({ at: one.at }));
    expect(again.prepared.rkey).toBe(one.prepared.rkey);
  });

  it('renews what ended in the middle, and logs in when nothing else helps', async () => {
    const one = await prepare(sending());
    server.sessions.expire();
    expect(await publish(one)).toMatchObject({ kind: 'sent' });
    expect(server.sessions.logins).toHaveLength(1);
    server.sessions.revoke();
    expect(await publish(await prepare(sending({ key: 'second' })))).toMatchObject({ kind: 'sent' });
    expect(server.sessions.logins).toHaveLength(2);
    expect(server.record).toHaveLength(2);
  });

  it('renews for a 401 that does not say why', async () => {
    const one = await prepare(sending());
    server.misbehave({ status: 401, body: '<h1>401</h1>' });
    expect(await publish(one)).toMatchObject({ kind: 'sent' });
    server.misbehave({ status: 401 }, { status: 401 });
    expect(await publish(one)).toMatchObject({ kind: 'permanent', scope: 'channel' });
  });

  it('logs in anew after the password was changed in the settings', async () => {
    await prepare(sending());
    server.account.appPassword = 'canary-new-password';
    const mine = settings();
    expect((await prepare(sending(), mine)).prepared.repo).toBe(server.account.did);
  });

  it('stops the channel when a fresh session is refused too, and never calls it doubtful', async () => {
    const one = await prepare(sending());
    const body = '{"error":"InvalidToken","message":"Token could not be verified"}';
    server.misbehave({ status: 400, body }, { status: 400, body });
    expect(await publish(one)).toMatchObject({ kind: 'permanent', scope: 'channel' });
    server.sessions.revoke();
    server.misbehaveAt(/createSession/, 'hang');
    server.misbehaveAt(/createSession/, { status: 503 });
    const stop = new AbortController();
    const running = bluesky.publish(one, settings(), { ...tools, signal: stop.signal });
    stop.abort(new Error('enough'));
    expect((await running).kind).not.toBe('ambiguous');
    expect(server.record).toHaveLength(0);
  });

  it.each([
    ['AccountTakedown', 'takendown'],
    ['AccountDeactivated', 'deactivated'],
  ])('stops the channel for %s', async (error, status) => {
    const one = await prepare(sending());
    server.sessions.close(error, status);
    expect(await publish(one)).toMatchObject({ kind: 'permanent', scope: 'channel' });
    tools = toolsFor(settings());
    await expect(bluesky.check(settings(), tools)).rejects.toThrow(/not active/);
    await expect(prepare(sending())).rejects.toMatchObject({ result: { kind: 'permanent', scope: 'channel' } });
  });

  it.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': 'soon', 'ratelimit-reset': String(Date.UTC(2026, 10, 25, 9) / 1000) }, 3_600_000],
    [{}, 60_000],
    [{ 'retry-after': '-', 'ratelimit-reset': 'never' }, 60_000],
  ])('waits as it is told by %o', async (headers, wait) => {
    clock.advance(Date.UTC(2026, 10, 25, 8) - clock.now());
    const one = await prepare(sending());
    server.misbehave({ status: 429, headers, body: '{"error":"RateLimitExceeded"}' });
    expect(await publish(one)).toMatchObject({ kind: 'notSent', retryAt: clock.now() + wait });
  });

  it('rests when the service says that its points are used up', async () => {
    const poor = await startBluesky({ now: clock.now, points: 5 });
    const mine = settings({ service: poor.url });
    tools = toolsFor(mine);
    const result = await publish(await prepare(sending(), mine), mine);
    expect(result).toMatchObject({
      kind: 'sent',
      restUntil: Math.floor(clock.now() / 3_600_000) * 3_600_000 + 3_600_000,
    });
    await poor.close();
  });

  it('brings back photos that the service forgot, the record as it was', async () => {
    const one = await prepare(sending());
    clock.advance(7 * 3_600_000);
    server.purge();
    expect(await publish(one)).toMatchObject({ kind: 'sent' });
    expect(JSON.stringify(standing()[0])).toBe(one.prepared.record);
    expect(server.uploads).toHaveLength(4);
  });

  it('prepares anew, under the same key, when a forgotten photo is gone here too', async () => {
    const one = await prepare(sending());
    server.purge();
    files.delete(photos[0]!.file);
    expect(await publish(one)).toMatchObject({ kind: 'notSent', prepareAgain: true });
    const again = await prepare(sending());
    expect(again.prepared.rkey).toBe(one.prepared.rkey);
    expect(again.prepared.notes).toEqual([expect.stringMatching(/^photo 1 of 2 left out: its file is gone/)]);
    expect(await publish(again)).toMatchObject({ kind: 'sent' });
  });

  it('leaves out photos that are too large here, at the upload or in the record', async () => {
    files.set(photos[0]!.file, jpeg('x', 1_000_001));
    const { prepared } = await prepare(sending());
    expect(prepared.notes).toEqual([expect.stringMatching(/photo 1 of 2 left out: its file has 1000004 bytes/)]);
    server.misbehaveAt(/uploadBlob/, { status: 413, body: '{"error":"PayloadTooLarge"}' });
    files.set(photos[0]!.file, jpeg('x'));
    expect((await prepare(sending())).prepared.files).toHaveLength(1);

    const older = await startBluesky({ now: clock.now, imageLimit: 50 });
    const mine = settings({ service: older.url });
    tools = toolsFor(mine);
    const one = await prepare(sending(), mine);
    for (let times = 0; times < 2; times++) expect(await publish(one, mine)).toMatchObject({ kind: 'sent' });
    expect([...older.posts.values()][0]!.value.embed.$type).toBe('app.bsky.embed.external');
    expect(older.record).toHaveLength(1);
    await older.close();
  });

  it('waits for a provider that fails with photos, but not for ever', async () => {
    server.misbehaveAt(/uploadBlob/, { status: 503 });
    await expect(prepare(sending())).rejects.toMatchObject({ result: { kind: 'notSent' } });
    const failingSince = new Date(clock.now()).toISOString();
    clock.advance(11 * 60_000);
    server.misbehaveAt(/uploadBlob/, { status: 503 });
    expect((await prepare(sending({ failingSince }))).prepared.files).toHaveLength(1);
  });

  it('refuses for good what is too long, and what was prepared for another account', async () => {
    const segments = [{ kind: 'text', text: '👩‍👩‍👧'.repeat(301) } as const];
    const long = await prepare(sending({ post: somePost({ segments }) }));
    expect(await publish(long)).toMatchObject({ kind: 'permanent', scope: 'item' });
    const other = { ...long, prepared: { ...long.prepared, repo: 'did:plc:another' } };
    expect(await publish(other)).toMatchObject({
      kind: 'permanent',
      scope: 'item',
      reason: expect.stringMatching(/another account/),
    });
  });

  it('replies below its own post, once', async () => {
    const first = await publish(await prepare(sending()));
    if (first.kind !== 'sent') throw new Error(first.reason);
    const remote = { id: first.id, url: first.url };
    const segments = [{ kind: 'text', text: 'Đính chính: cầu dài 80 m' } as const];
    const reply = await prepare(sending({ key: 'reply', remote, post: somePost({ segments, photos: [] }) }));
    server.misbehave('answer lost');
    for (const kind of ['ambiguous', 'sent']) {
      expect(await bluesky.reply!(reply, settings(), tools)).toMatchObject({ kind });
    }
    const named = { uri: first.id, cid: server.record[0]!.cid };
    expect(standing()[1].reply).toEqual({ root: named, parent: named });
    expect(server.record).toHaveLength(2);
    server.posts.clear();
    await expect(prepare(sending({ key: 'late', remote }))).rejects.toMatchObject({
      result: { kind: 'permanent', scope: 'item', reason: expect.stringMatching(/is gone/) },
    });
  });

  it('takes its post back once, also by an address copied from a browser, and never another account’s', async () => {
    const first = await publish(await prepare(sending()));
    if (first.kind !== 'sent') throw new Error(first.reason);
    const key = first.id.split('/').at(-1);
    for (const id of [`at://BAO.example/app.bsky.feed.post/${key}`, first.id]) {
      const gone = await bluesky.withdraw!(sending({ remote: { id, url: null } }), settings(), tools);
      expect(gone.kind).toBe('sent');
    }
    expect(server.record.map(({ op }) => op)).toEqual(['create', 'delete']);
    const remote = { id: `at://did:plc:another/app.bsky.feed.post/${key}`, url: null };
    expect(await bluesky.withdraw!(sending({ remote }), settings(), tools)).toMatchObject({
      kind: 'permanent',
      scope: 'item',
    });
  });

  it('finds its own posts and those written by hand, with every link in them', async () => {
    await publish(await prepare(sending()));
    const createdAt = new Date(clock.now() + 1000).toISOString();
    const external = { uri: 'https://bao.example/the', title: '', description: '' };
    server.write('7zzzzzzzzzzzz', {
      text: 'Đọc tại https://bao.example/tay',
      createdAt,
      embed: { $type: 'app.bsky.embed.external', external },
    });
    server.write('2222222222222', { text: 'xưa', createdAt: '2020-01-01T00:00:00Z' });
    server.write('2222222222223', { text: 'hỏng', createdAt: 'hôm qua', facets: 'x' });
    const { posts, complete } = await bluesky.find!(clock.now() - 3_600_000, settings(), tools);
    expect(complete).toBe(true);
    expect(posts.map(({ links }) => links)).toEqual([
      ['https://bao.example/the', 'https://bao.example/tay'],
      [somePost().link],
    ]);
    expect(posts[0]).toMatchObject({ at: Date.parse(createdAt), url: expect.stringMatching(/^https:\/\/bsky\.app\//) });
    server.misbehaveAt(/listRecords/, 'html');
    await expect(bluesky.find!(0, settings(), tools)).rejects.toThrow();
  });

  it('keeps nothing secret in what goes into the row', async () => {
    expect(JSON.stringify(await prepare(sending()))).not.toMatch(/canary/);
  });
});
