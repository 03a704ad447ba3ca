import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Sending } from '#src/channels/channel.ts';
import { telegram } from '#src/channels/telegram/channel.ts';
import { postLength, postText } from '#src/core/length.ts';
import type { Post } from '#src/core/post.ts';
import { createHttp } from '#src/net/http-client.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import type { Mood } from '#tests/fakes/moods.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';
import { startTelegram, type TelegramServer, telegramRefusal } from '#tests/fakes/telegram-server.ts';

const secret = 'AAcanary-of-the-bot';
const token = `123456:${secret}`;
const photos = [
  postPhoto('cau', { caption: 'Người dân qua cầu <treo> & chợ', credit: 'Thu An' }),
  postPhoto('cho'),
  postPhoto('ben'),
];

describe('Telegram', () => {
  let clock: ReturnType<typeof manualClock>;
  let log: ReturnType<typeof recordingLog>;
  let server: TelegramServer;
  let http: ReturnType<typeof createHttp>;
  let files: Map<string, Uint8Array>;

  beforeEach(async () => {
    clock = manualClock();
    log = recordingLog();
    server = await startTelegram({ token, now: clock.now });
    http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
    files = new Map(photos.map(({ file }) => [file, new Uint8Array([0xff, 0xd8, 0xff, 0xd9])]));
  });
  afterEach(async () => {
    await http.close();
    await server.close();
  });

  const settings = (change = {}) =>
    telegram.settings.parse({ token, chatId: '@baothu', apiRoot: server.url, ...change });
  const tools = () => fakeChannelTools({ http, clock, log, photo: async (file) => files.get(file) ?? null });
  async function publish(change: Partial<Post> = {}, style = 'photo') {
    const sending = someSending({ post: somePost(change) });
    const prepared = await telegram.prepare!(sending, settings({ style }), tools());
    return { prepared, result: await telegram.publish({ ...sending, prepared }, settings({ style }), tools()) };
  }
  async function publishedSending(change: Partial<Post> = {}, style = 'photo'): Promise<Sending<any>> {
    const { result, prepared } = await publish(change, style);
    if (result.kind !== 'sent') throw new Error(result.reason);
    const remote = { id: result.id, url: result.url };
    return someSending({ key: 'later', post: somePost(change), remote, earlier: prepared });
  }
  const only = () => [...server.messages.values()][0]!;

  it('sends text as it was composed, its link visible and with a card', async () => {
    const { result } = await publish();
    expect(result).toEqual({ kind: 'sent', id: '101', url: 'https://t.me/baothu/101' });
    const { segments, link } = somePost();
    expect(only()).toMatchObject({ kind: 'text', text: postText(segments), links: [link], preview: link });
  });

  it('escapes what looks like markup, and lets nothing of a headline act', async () => {
    const hostile = '<b>Lũ</b> & "mưa" </a> @everyone {{x}} &nbsp; {% raw %}';
    await publish({ segments: [{ kind: 'text', text: hostile }] });
    expect(only().text).toBe(hostile);
    const link = 'https://bao.example/a?x="><b>&y=1';
    await publish({ segments: [{ kind: 'link', text: 'Đọc <tiếp>', url: link }] });
    expect([...server.messages.values()][1]).toMatchObject({ text: 'Đọc <tiếp>', links: [link] });
  });

  it('counts as Telegram counts', async () => {
    for (const text of [
      'Sáng 29/11, Đắk Lắk mưa lớn',
      'ฝนตกหนัก',
      'أمطار غزيرة',
      '大雨で峠が',
      '👩‍👩‍👧 🇻🇳 👍🏽',
      'a<b&c>"d"',
    ]) {
      const segments = [{ kind: 'text', text } as const];
      await publish({ segments });
      expect(postLength(segments, telegram.limits(settings(), {}))).toBe(
        [...[...server.messages.values()].at(-1)!.text].length,
      );
    }
  });

  it('sends the first photo with the text below, or an album, by its style', async () => {
    await publish({ photos: photos.slice(0, 1) });
    expect(only()).toMatchObject({ kind: 'photo', photos: [4], text: postText(somePost().segments) });
    server.messages.clear();
    const { result } = await publish({ photos }, 'album');
    expect(result).toMatchObject({ kind: 'sent', id: '102,103,104', url: 'https://t.me/baothu/102' });
    const album = [...server.messages.values()];
    expect(album.map(({ group }) => group)).toEqual([102, 102, 102]);
    expect(album.map(({ text }) => text)).toEqual([postText(somePost().segments), '', '']);
    expect(server.record.at(-1)).toMatchObject({ op: 'create', ids: [102, 103, 104] });
  });

  it('puts each photo with its caption and credit into a rich message', async () => {
    await publish({ photos: photos.slice(0, 2) }, 'rich');
    expect(only()).toMatchObject({ kind: 'rich', photos: [4, 4], links: [somePost().link] });
    expect(only().text).toContain('Người dân qua cầu <treo> & chợThu An');
    const long = postPhoto('cau', { caption: 'mưa lớn '.repeat(500), credit: 'Thu An' });
    const { result } = await publish({ photos: Array(10).fill(long) }, 'rich');
    expect(result.kind).toBe('sent');
  });

  it('leaves out photos that are gone or refused, and posts all the same', async () => {
    files.delete(photos[1]!.file);
    const { prepared } = await publish({ photos }, 'album');
    expect(prepared.notes).toEqual(['photo 2 of 3 left out: its file is gone']);
    expect(server.messages.size).toBe(2);
    const refused = 'Bad Request: failed to send message #1 with the error message "PHOTO_INVALID_DIMENSIONS"';
    server.misbehave(telegramRefusal(400, refused));
    await publish({ photos }, 'album');
    expect([...server.messages.values()].at(-1)).toMatchObject({ kind: 'photo', photos: [4] });
    server.misbehave({ status: 413, body: 'Request Entity Too Large' });
    await publish({ photos: photos.slice(0, 1) });
    expect([...server.messages.values()].at(-1)!.kind).toBe('text');
    expect(log.lines.filter(({ level }) => level === 'warn').length).toBeGreaterThanOrEqual(3);
  });

  it('waits while the file store fails, and sends nothing', async () => {
    const failing = { ...tools(), photo: () => Promise.reject(new Error('the disk is gone')) };
    const sending = someSending({ post: somePost({ photos }) });
    const result = await telegram.publish(sending, settings(), failing);
    expect(result).toMatchObject({ kind: 'notSent', reason: expect.stringMatching(/the disk is gone/) });
    expect(server.requests).toEqual([]);
  });

  it('follows a group that became a supergroup, and says that the setting is old', async () => {
    server.moveTo(-1009876543210);
    const { result } = await publish();
    expect(result.kind).toBe('sent');
    expect(JSON.stringify(log.lines)).toContain('set chatId of the channel to \\"-1009876543210\\"');
    await expect(telegram.check(settings(), tools())).rejects.toMatchObject({ next: 'Set chatId: "-1009876543210".' });
  });

  it('changes a text, a caption and the one photo, and takes an equal edit for done', async () => {
    const segments = [{ kind: 'text', text: 'Cầu treo thông xe sau ba năm' } as const];
    const text = await publishedSending();
    const edit = (one: Sending<any>, change: Partial<Post>, style = 'photo') =>
      telegram.edit!({ ...one, post: { ...one.post, ...change } }, settings({ style }), tools());
    for (let times = 0; times < 2; times++) expect((await edit(text, { segments })).kind).toBe('sent');
    expect(only().text).toBe('Cầu treo thông xe sau ba năm');

    const photo = await publishedSending({ photos: photos.slice(0, 1) });
    expect((await edit(photo, { segments })).kind).toBe('sent');
    files.set(photos[1]!.file, new Uint8Array(9));
    expect((await edit(photo, { segments, photos: [photos[1]!] })).kind).toBe('sent');
    expect(server.messages.get(102)).toMatchObject({ photos: [9], text: segments[0]!.text });

    const album = await publishedSending({ photos }, 'album');
    expect(await edit(album, { segments }, 'album')).toMatchObject({ kind: 'sent', id: '103,104,105' });
    expect(server.messages.get(103)!.text).toBe(segments[0]!.text);
    const rich = await publishedSending({ photos }, 'rich');
    expect((await edit(rich, { segments }, 'rich')).kind).toBe('sent');
  });

  it('changes a post whose kind it does not know, as one adopted by hand', async () => {
    const { earlier: _, ...photo } = await publishedSending({ photos: photos.slice(0, 1) });
    const edited = { ...photo, post: somePost({ segments: [{ kind: 'text', text: 'mới' }] }) };
    expect((await telegram.edit!(edited, settings({ style: 'message' }), tools())).kind).toBe('sent');
    expect(only()).toMatchObject({ kind: 'photo', text: 'mới' });
    server.messages.clear();
    const gone = await telegram.edit!(edited, settings(), tools());
    expect(gone).toMatchObject({
      kind: 'permanent',
      scope: 'item',
      reason: expect.stringMatching(/to edit not found/),
    });
  });

  it('takes messages back, and says so in their place when Telegram does not delete them any more', async () => {
    const album = await publishedSending({ photos }, 'album');
    for (let times = 0; times < 2; times++) {
      expect((await telegram.withdraw!(album, settings(), tools())).kind).toBe('sent');
    }
    expect(server.messages.size).toBe(0);
    for (const style of ['message', 'photo', 'rich']) {
      const old = await publishedSending({ photos: photos.slice(0, 1) }, style);
      server.rights.can_delete_messages = false;
      clock.advance(49 * 3_600_000);
      expect((await telegram.withdraw!(old, settings({ style }), tools())).kind).toBe('sent');
      expect([...server.messages.values()].at(-1)!.text).toBe('Bài viết này đã được gỡ.');
    }
    const gone = await publishedSending();
    server.messages.clear();
    expect((await telegram.withdraw!(gone, settings(), tools())).kind).toBe('sent');
  });

  it('answers below the post', async () => {
    const one = await publishedSending();
    const result = await telegram.reply!(one, settings(), tools());
    expect(result).toMatchObject({ kind: 'sent', id: '102' });
    expect(server.messages.get(102)!.replyTo).toBe(101);
  });

  it('judges every answer by what Telegram means with it', async () => {
    const now = clock.now();
    const cases: [Mood, object][] = [
      [
        telegramRefusal(429, 'Too Many Requests: retry after 31', { retry_after: 31 }),
        { kind: 'notSent', retryAt: now + 31_000 },
      ],
      [
        { status: 429, headers: { 'retry-after': '20' } },
        { kind: 'notSent', retryAt: now + 20_000 },
      ],
      [
        { status: 429, headers: { 'retry-after': new Date(now + 90_000).toUTCString() } },
        { kind: 'notSent', retryAt: now + 90_000 - (now % 1000) },
      ],
      [
        { status: 429, body: '<h1>no</h1>', headers: { 'retry-after': 'soon' } },
        { kind: 'notSent', retryAt: now + 60_000 },
      ],
      [telegramRefusal(429, 'x', { retry_after: 9e9 }), { kind: 'notSent', retryAt: now + 86_400_000 }],
      [telegramRefusal(401, 'Unauthorized'), { kind: 'permanent', scope: 'channel' }],
      [telegramRefusal(404, 'Not Found'), { kind: 'permanent', scope: 'channel' }],
      [
        telegramRefusal(403, 'Forbidden: bot was kicked from the channel chat'),
        { kind: 'permanent', scope: 'channel' },
      ],
      [telegramRefusal(400, 'Bad Request: CHAT NOT FOUND'), { kind: 'permanent', scope: 'channel' }],
      [
        telegramRefusal(400, 'Bad Request: not enough rights to send photos to the chat'),
        { kind: 'permanent', scope: 'channel' },
      ],
      [
        telegramRefusal(400, 'Bad Request: need administrator rights in the channel chat'),
        { kind: 'permanent', scope: 'channel' },
      ],
      [telegramRefusal(400, 'Bad Request: message is too long'), { kind: 'permanent', scope: 'item' }],
      [telegramRefusal(400, "Bad Request: can't parse entities: x"), { kind: 'permanent', scope: 'item' }],
      [telegramRefusal(500, 'Internal Server Error'), { kind: 'ambiguous' }],
      [{ status: 302, headers: { location: `https://elsewhere.example/bot${token}/x` } }, { kind: 'notSent' }],
      ['500', { kind: 'ambiguous' }],
      ['proxy page', { kind: 'ambiguous' }],
      ['answer lost', { kind: 'ambiguous' }],
      ['html', { kind: 'ambiguous' }],
      ['garbage', { kind: 'ambiguous' }],
      ['empty', { kind: 'ambiguous' }],
      ['huge', { kind: 'ambiguous' }],
    ];
    for (const [mood, expected] of cases) {
      server.misbehave(mood);
      const { result } = await publish();
      expect(result, JSON.stringify(mood)).toMatchObject(expected);
    }
  });

  it('is in doubt when the answer drips without end or never comes', async () => {
    for (const mood of ['drip', 'hang'] as const) {
      const stop = new AbortController();
      server.misbehave(mood);
      const asked = server.asked(/sendMessage/);
      const running = telegram.publish(someSending(), settings(), { ...tools(), signal: stop.signal });
      await asked;
      stop.abort(new Error('too late'));
      expect((await running).kind).toBe('ambiguous');
    }
  });

  it('is sure that nothing went when nobody listens', async () => {
    const { url } = server;
    await server.close();
    const result = await telegram.publish(someSending(), settings({ apiRoot: url }), tools());
    expect(result.kind).toBe('notSent');
    server = await startTelegram({ token, now: clock.now });
  });

  it('says whose bot it is, where it posts, and which right it lacks', async () => {
    expect((await telegram.check(settings(), tools())).account).toBe('@baothu_bot in @baothu');
    server.rights.can_delete_messages = false;
    expect((await telegram.check(settings(), tools())).account).toContain('without the right can_delete_messages');
    server.rights.can_post_messages = false;
    await expect(telegram.check(settings(), tools())).rejects.toThrow(/can_post_messages/);
    await expect(telegram.check(settings({ chatId: '@other' }), tools())).rejects.toThrow(/cannot see @other/);
    await expect(telegram.check(settings({ token: '9:AAwrong' }), tools())).rejects.toThrow(
      /does not know the bot's token/,
    );
  });

  it('never tells the token', async () => {
    const told: unknown[] = [];
    const echo = `Unauthorized: https://api.telegram.org/bot${token}/sendMessage, ${encodeURIComponent(token)}, ${secret}`;
    for (const mood of [telegramRefusal(401, echo), telegramRefusal(400, echo), telegramRefusal(500, echo)]) {
      server.misbehave(mood);
      told.push((await publish()).result);
    }
    const wrong = settings({ apiRoot: 'http://127.0.0.1:1' });
    told.push(await telegram.publish(someSending(), wrong, tools()));
    told.push(await telegram.publish(someSending(), settings({ apiRoot: 'http://10.0.0.1' }), tools()));
    told.push(await telegram.check(wrong, tools()).catch((error) => [error.message, error.stack, String(error.cause)]));
    expect(JSON.stringify([told, log.lines])).not.toMatch(new RegExp(secret));
  });

  it('knows its own posts by the addresses people copy, and no other chat’s', () => {
    const idOf = (url: string, chatId: string) => telegram.idOf!(url, settings({ chatId }));
    expect(idOf('https://t.me/BaoThu/12', '@baothu')).toBe('12');
    expect(idOf('t.me/s/baothu/12?single', '@baothu')).toBe('12');
    expect(idOf('https://t.me/c/1234567890/12', '-1001234567890')).toBe('12');
    expect(idOf('https://t.me/c/1234567890/7/12', '-1001234567890')).toBe('12');
    for (const [url, chatId] of [
      ['https://t.me/other/12', '@baothu'],
      ['https://t.me/c/999/12', '-1001234567890'],
      ['https://t.me/baothu/12?comment=3', '@baothu'],
      ['https://t.me/baothu', '@baothu'],
      ['https://t.me/baothu/0', '@baothu'],
      ['https://t.me.evil.example/baothu/12', '@baothu'],
      ['nothing', '@baothu'],
    ] as const) {
      expect(idOf(url, chatId), url).toBeNull();
    }
  });

  it('asks for no more than a chat takes: an album costs as many as it has photos', () => {
    const [minute, second] = telegram.rates!(settings({ style: 'album' }), {});
    expect(minute).toMatchObject({ units: 20, per: 60_000 });
    expect(minute!.cost!(somePost({ photos }))).toBe(3);
    expect(second).toMatchObject({ units: 1, per: 1000 });
    expect(JSON.stringify([minute, second])).not.toContain(secret);
  });

  it('takes settings as people write them, and says what is wrong', () => {
    expect(telegram.settings.parse({ token, chatId: -1001234567890 })).toMatchObject({
      chatId: '-1001234567890',
      style: 'photo',
      apiRoot: 'https://api.telegram.org',
    });
    for (const wrong of [
      { token: 'abc', chatId: '@baothu' },
      { token, chatId: 'baothu' },
      { token },
      { token, chatId: 1.5 },
    ]) {
      expect(telegram.settings.safeParse(wrong).success).toBe(false);
    }
  });
});
