import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sending } from '#src/channels/channel.ts';
import { facebook } from '#src/channels/facebook/channel.ts';
import { postText } from '#src/core/length.ts';
import type { Post } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';
import { createHttp } from '#src/net/http-client.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { type FacebookServer, facebookRefusal, startFacebook, usedUp } from '#tests/fakes/facebook-server.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import type { Mood } from '#tests/fakes/moods.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

const token = 'EAAcanary-of-the-page';
const secret = 'canary-of-the-app';
const pageId = '104900000000001';
const photos = [
  postPhoto('cau', { alt: 'Cầu treo', caption: 'Người dân qua cầu', credit: 'Thu An' }),
  postPhoto('cho'),
];
const minute = 60_000;

describe('Facebook', () => {
  let clock: ReturnType<typeof manualClock>;
  let log: ReturnType<typeof recordingLog>;
  let server: FacebookServer;
  let http: ReturnType<typeof createHttp>;

  beforeEach(async () => {
    clock = manualClock();
    log = recordingLog();
    server = await startFacebook({ token, pageId, now: clock.now });
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  });
  afterEach(async () => {
    await http.close();
    await server.close();
  });

  const settings = (change = {}) =>
    facebook.settings.parse({ pageId, accessToken: token, baseUrl: server.url, ...change });
  const tools = () =>
    fakeChannelTools({ http, clock, log, photo: async () => new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) });
  const prepare = async (one: Sending<any>) => ({
    ...one,
    prepared: await facebook.prepare!(one, settings(), tools()),
  });
  const publish = async (one: Sending<any> = someSending()) =>
    facebook.publish(await prepare(one), settings(), tools());
  const withPhotos = (change: Partial<Post> = {}) => someSending({ post: somePost({ photos, ...change }) });
  const only = () => [...server.posts.values()][0]!;
  async function published(): Promise<Sending<any>> {
    const result = await publish();
    if (result.kind !== 'sent') throw new Error(result.reason);
    return someSending({ key: 'later', remote: { id: result.id, url: result.url } });
  }

  it('posts the text with a card of the article', async () => {
    const result = await publish();
    expect(result).toMatchObject({ kind: 'sent', id: only().id, url: `https://www.facebook.com/${only().id}` });
    const { segments, link } = somePost();
    expect(only()).toMatchObject({ message: postText(segments), link, photos: [] });
  });

  it('posts photos in their order with alt texts, captions and credits', async () => {
    expect((await publish(withPhotos())).kind).toBe('sent');
    expect(only()).toMatchObject({ link: null, message: expect.stringContaining(somePost().link) });
    expect(only().photos.map(({ alt, caption }) => [alt, caption])).toEqual([
      ['Cầu treo', 'Người dân qua cầu (Thu An)'],
      [null, null],
    ]);
    expect(server.record).toHaveLength(1);
  });

  it('uploads again what was cleaned up while the post waited', async () => {
    const one = await prepare(withPhotos());
    server.purge();
    const result = await facebook.publish(one, settings(), tools());
    expect(result).toMatchObject({ kind: 'notSent', prepareAgain: true });
    expect((await publish(withPhotos())).kind).toBe('sent');
    const other = (message: string, subcode?: number) => facebookRefusal(100, message, subcode ? { subcode } : {});
    const again = { kind: 'notSent', prepareAgain: true };
    server.misbehave(
      other(`Object with ID '${one.prepared.photos[0]!.id}' does not exist`, 33),
      other('Invalid parameter'),
    );
    expect(await facebook.publish(one, settings(), tools())).toMatchObject(again);
    expect(await facebook.publish(one, settings(), tools())).toMatchObject({ ...again, tries: 5 });
    server.misbehave(other('too fast', 1390008), other(`Object with ID '${pageId}' does not exist`, 33));
    expect(await facebook.publish(one, settings(), tools())).not.toHaveProperty('prepareAgain');
    expect(await facebook.publish(one, settings(), tools())).toMatchObject({
      kind: 'permanent',
      scope: 'channel',
    });
  });

  it('takes photos that are posted already for a sign that the post stands', async () => {
    const one = await prepare(withPhotos());
    server.misbehave('500');
    expect((await facebook.publish(one, settings(), tools())).kind).toBe('ambiguous');
    expect((await facebook.publish(one, settings(), tools())).kind).toBe('ambiguous');
    expect(server.posts.size).toBe(1);
  });

  it('takes the same text twice for a post that stands already', async () => {
    await publish();
    expect(await publish()).toMatchObject({ kind: 'ambiguous', reason: expect.stringMatching(/506/) });
  });

  it('leaves out a photo that the Page will not take, and waits for a service that fails', async () => {
    server.refuseMedia(facebookRefusal(100, 'Photos should be under 4 MB', { subcode: 1366046 }));
    expect((await prepare(withPhotos())).prepared).toMatchObject({
      photos: [{ file: photos[1]!.file }],
      notes: [expect.stringMatching(/^photo 1 of 2 left out: .*1366046/)],
    });
    for (const answer of [facebookRefusal(2, 'later', { isTransient: true }), { status: 503 }]) {
      server.refuseMedia(answer);
      const failed = await prepare(withPhotos()).catch((error) => error);
      expect(failed).toBeInstanceOf(NotPrepared);
      expect(failed.result.kind).toBe('notSent');
    }
    server.refuseMedia(usedUp(pageId, 25));
    const limited = await prepare(withPhotos()).catch((error) => error);
    expect(limited.result).toMatchObject({ kind: 'notSent', retryAt: clock.now() + 25 * minute });
  });

  it('changes the text, answers below, takes back, and finds nothing to take back for done', async () => {
    const one = await published();
    const edited = { ...one, post: somePost({ segments: [{ kind: 'text', text: 'Đã sửa' }] }) };
    expect(await facebook.edit!(await prepare(edited), settings(), tools())).toMatchObject({
      kind: 'sent',
      ...one.remote,
    });
    expect(only().message).toBe('Đã sửa');
    expect((await facebook.reply!(edited, settings(), tools())).kind).toBe('sent');
    expect(only().comments).toHaveLength(1);
    for (let times = 0; times < 2; times++) {
      expect((await facebook.withdraw!(one, settings(), tools())).kind).toBe('sent');
    }
    expect(server.record.map(({ op }) => op)).toEqual(['create', 'edit', 'comment', 'delete']);
    const gone = await facebook.edit!(edited, settings(), tools());
    expect(gone).toMatchObject({ kind: 'permanent', scope: 'item', reason: expect.stringMatching(/by hand at https/) });
  });

  it('blames one post, not the channel, when it may not change that', async () => {
    const one = await published();
    server.misbehave(facebookRefusal(200, '(#200) not made by this app'), facebookRefusal(190, 'expired'));
    expect(await facebook.edit!(one, settings(), tools())).toMatchObject({ kind: 'permanent', scope: 'item' });
    expect(await facebook.edit!(one, settings(), tools())).toMatchObject({ kind: 'permanent', scope: 'channel' });
  });

  it('lists the Page’s own posts with every link, and never calls the list complete', async () => {
    const since = clock.now();
    server.writeByHand({ message: 'Xem https://bao.example/a?utm_source=fb.', link: 'https://bao.example/b' });
    server.writeByHand({ message: 'Của bạn đọc: https://bao.example/a', from: '999' });
    server.omit(true);
    server.writeByHand({ message: 'https://bao.example/c' });
    server.omit(false);
    for (let index = 0; index < 130; index++) server.writeByHand({ message: `Tin ${index}` });
    const { posts, complete } = await facebook.find!(since, settings(), tools());
    expect(complete).toBe(false);
    expect(posts).toHaveLength(131);
    const [id] = server.posts.keys();
    expect(posts.find((post) => post.id === id)).toMatchObject({
      at: since - (since % 1000),
      url: `https://www.facebook.com/${pageId}/posts/${id!.split('_')[1]}`,
      links: ['https://bao.example/a?utm_source=fb', 'https://bao.example/b'],
    });
    expect(await facebook.find!(since + minute, settings(), tools())).toMatchObject({ posts: [] });
    await expect(facebook.find!(since, settings({ accessToken: 'another-token' }), tools())).rejects.toThrow(/190/);
  });

  it('judges every answer by its codes', async () => {
    const now = clock.now();
    const channel = { kind: 'permanent', scope: 'channel' };
    const cases: [Mood, object][] = [
      [usedUp(pageId, 30), { kind: 'notSent', retryAt: now + 30 * minute }],
      [facebookRefusal(4, 'app limit'), { kind: 'notSent', retryAt: now + 60 * minute }],
      [
        facebookRefusal(32, '', { headers: { 'x-business-use-case-usage': 'garbage' } }),
        { kind: 'notSent', retryAt: now + 60 * minute },
      ],
      [facebookRefusal(613, ''), { kind: 'notSent' }],
      [facebookRefusal(100, 'too fast', { subcode: 1390008 }), { kind: 'notSent', retryAt: now + 60 * minute }],
      [
        { status: 429, headers: { 'retry-after': '20' } },
        { kind: 'notSent', retryAt: now + 20_000 },
      ],
      [
        { status: 429, body: '<h1>no</h1>', headers: { 'retry-after': 'soon' } },
        { kind: 'notSent', retryAt: now + 60 * minute },
      ],
      [
        facebookRefusal(190, 'expired', { subcode: 463 }),
        { ...channel, reason: expect.stringMatching(/log in again/) },
      ],
      [facebookRefusal(102, 'session'), channel],
      [{ status: 401, body: '' }, channel],
      [facebookRefusal(10, 'no'), channel],
      [facebookRefusal(200, 'no'), channel],
      [facebookRefusal(299, 'no'), channel],
      [facebookRefusal(100, 'no', { subcode: 1404078 }), channel],
      [facebookRefusal(368, 'blocked'), channel],
      [facebookRefusal(100, 'limited', { subcode: 1404112 }), channel],
      [facebookRefusal(100, 'facebook.com link', { subcode: 1609008 }), { kind: 'permanent', scope: 'item' }],
      [facebookRefusal(100, 'Invalid parameter'), { kind: 'permanent', scope: 'item' }],
      [facebookRefusal(1, 'unknown'), { kind: 'ambiguous' }],
      [facebookRefusal(2, 'service', { status: 500, isTransient: true }), { kind: 'ambiguous' }],
      [facebookRefusal(4, 'said too late', { status: 500 }), { kind: 'ambiguous' }],
      [facebookRefusal(999, 'passing', { isTransient: true }), { kind: 'ambiguous' }],
      [facebookRefusal(506, 'duplicate'), { kind: 'ambiguous' }],
      [facebookRefusal(190, 'expired', { status: 200 }), channel],
      [{ status: 302, headers: { location: 'https://elsewhere.example/' } }, { kind: 'notSent' }],
      ...(['500', 'proxy page', 'answer lost', 'html', 'garbage', 'empty', 'huge'] as const).map(
        (mood): [Mood, object] => [mood, { kind: 'ambiguous' }],
      ),
    ];
    for (const [index, [mood, expected]] of cases.entries()) {
      server.misbehave(mood);
      const segments = [{ kind: 'text', text: `Tin ${index}` } as const];
      expect(await publish(someSending({ post: somePost({ segments }) })), JSON.stringify(mood)).toMatchObject(
        expected,
      );
    }
  });

  it('is in doubt when the answer drips without end or never comes', async () => {
    for (const mood of ['drip', 'hang'] as const) {
      const stop = new AbortController();
      server.misbehave(mood);
      const asked = server.asked(/feed/);
      const running = facebook.publish(someSending(), settings(), { ...tools(), signal: stop.signal });
      await asked;
      stop.abort(new Error('too late'));
      expect((await running).kind).toBe('ambiguous');
    }
  });

  it('says which Page it is, and when its token ends', async () => {
    expect(await facebook.check(settings(), tools())).toEqual({ account: `Báo Thử (${pageId})`, facts: {} });
    await server.close();
    server = await startFacebook({ token, pageId, now: clock.now, app: { id: '900', secret } });
    const signed = settings({ appId: 900, appSecret: secret });
    expect((await facebook.check(signed, tools())).expiresAt).toBeUndefined();
    server.debug.data_access_expires_at = Date.parse('2027-01-20T08:00:00Z') / 1000;
    expect((await facebook.check(signed, tools())).expiresAt).toBe('2027-01-20T08:00:00.000Z');
    server.debug.scopes.pop();
    await expect(facebook.check(signed, tools())).rejects.toThrow(/lacks pages_manage_posts/);
    server.debug.is_valid = false;
    await expect(facebook.check(signed, tools())).rejects.toThrow(/not valid any more/);
    await expect(facebook.check(settings({ accessToken: 'another-token' }), tools())).rejects.toThrow(
      /refuses the Page’s token/,
    );
    await expect(facebook.check(settings({ ...signed, pageId: '5' }), tools())).rejects.toThrow(
      /does not show the Page 5/,
    );
  });

  it('never tells its secrets', async () => {
    const mine = settings({ appId: '900', appSecret: secret });
    const told: unknown[] = [];
    for (const mood of [
      facebookRefusal(190, `bad ${token}`),
      facebookRefusal(2, `bad ${encodeURIComponent(token)} ${secret}`),
    ]) {
      server.misbehave(mood);
      told.push(await facebook.publish(someSending(), mine, tools()));
    }
    told.push(await facebook.publish(someSending(), settings({ baseUrl: 'http://127.0.0.1:1' }), tools()));
    told.push(await facebook.check(mine, tools()).catch((error) => [error.message, error.stack, String(error.cause)]));
    told.push(await facebook.find!(0, mine, tools()).catch((error) => error.message));
    expect(JSON.stringify([told, log.lines, server.requests])).not.toMatch(/canary/);
  });

  it('knows its own posts by the addresses people copy, and no other Page’s', () => {
    const idOf = (url: string) => facebook.idOf!(url, settings());
    const mine = `${pageId}_123`;
    for (const url of [
      `https://www.facebook.com/${mine}`,
      `https://www.facebook.com/${pageId}/posts/123`,
      'https://m.facebook.com/baothu/posts/123?__tn__=x',
      'https://www.facebook.com/baothu/posts/cau-treo-thong-xe/123/',
      `https://www.facebook.com/permalink.php?story_fbid=123&id=${pageId}`,
      `m.facebook.com/story.php?id=${pageId}&story_fbid=123`,
    ]) {
      expect(idOf(url), url).toBe(mine);
    }
    for (const url of [
      'https://www.facebook.com/999_123',
      'https://www.facebook.com/permalink.php?story_fbid=123&id=999',
      'https://www.facebook.com/permalink.php?story_fbid=pfbid02abc&id=104900000000001',
      'https://www.facebook.com/baothu/posts/pfbid02abc',
      'https://www.facebook.com/baothu',
      'https://facebook.com.evil.example/baothu/posts/123',
      'https://bao.example/posts/123',
    ]) {
      expect(idOf(url), url).toBeNull();
    }
  });

  it('takes settings as people write them, and says what is wrong', () => {
    expect(facebook.settings.parse({ pageId: 104900000000001, accessToken: token })).toMatchObject({
      pageId,
      version: 'v25.0',
      baseUrl: 'https://graph.facebook.com',
    });
    for (const wrong of [
      { pageId: 'baothu', accessToken: token },
      { pageId: 1e17, accessToken: token },
      { pageId },
      { pageId, accessToken: token, appId: '1' },
      { pageId, accessToken: token, version: '25' },
    ]) {
      expect(facebook.settings.safeParse(wrong).success).toBe(false);
    }
  });
});
