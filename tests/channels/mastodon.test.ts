import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import { fillTemplate, type PostValues } from '#src/core/fill-template.ts';
import { postLength } from '#src/core/length.ts';
import { NotPrepared } from '#src/core/send-result.ts';
import { serve } from '#src/net/serve.ts';
import { type MastodonBench, openMastodonBench, photos, token } from '#tests/fakes/mastodon-bench.ts';
import { countedLength, startMastodon } from '#tests/fakes/mastodon-server.ts';
import { somePost } from '#tests/fakes/posts.ts';
import { until } from '#tests/fakes/until.ts';

const someValues: PostValues = {
  headline: '',
  lead: '',
  summary: '',
  byline: '',
  section: '',
  dateline: '',
  hashtags: [],
  link: '',
};

describe('Mastodon', () => {
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

  it('says whose account it is and what the server allows', async () => {
    const { account, facts } = await mastodon.check(settings(), tools());
    expect(account).toBe(`@bao@127.0.0.1:${server.port}`);
    expect(mastodon.limits(settings({ contentWarning: 'Lũ' }), facts)).toMatchObject({
      length: 498,
      linkLength: 23,
      photos: 4,
    });
  });

  it('tells a wrong token from a wrong server', async () => {
    const wrong = mastodon.check(settings({ accessToken: 'another-token' }), tools());
    await expect(wrong).rejects.toThrow(/does not know the access token/);
    const site = await serve((_request, response) => void response.end('<h1>Báo Thử</h1>'));
    const elsewhere = mastodon.check(settings({ baseUrl: site.url }), tools());
    await expect(elsewhere).rejects.toMatchObject({
      message: expect.stringMatching(/something that is not Mastodon's/),
      next: expect.stringMatching(/Set baseUrl/),
    });
    await site.close();
  });

  it('keeps to the limits it knows while a server does not tell them', async () => {
    const mute = await serve((request, response) => {
      if (request.url !== '/api/v1/accounts/verify_credentials')
        return void response.writeHead(502).end('<h1>502</h1>');
      response.end('{"id":"1","username":"bao"}');
    });
    await expect(mastodon.check(settings({ baseUrl: mute.url }), tools())).rejects.toThrow(/did not say what posts/);
    await mute.close();
  });

  it('knows old servers, and those that only speak the same language', async () => {
    const old = await startMastodon({ token, now: clock.now, instance: null, characters: 800 });
    const known = await mastodon.check(settings({ baseUrl: old.url }), tools());
    expect(mastodon.limits(settings(), known.facts)).toMatchObject({ length: 800, linkLength: 23, photos: 4 });
    await old.close();

    const configuration = { statuses: { max_characters: 5000, max_media_attachments: 6 } };
    const source_url = 'https://codeberg.org/superseriousbusiness/gotosocial';
    const other = await startMastodon({ token, now: clock.now, instance: { configuration, source_url } });
    await expect(mastodon.check(settings({ baseUrl: other.url }), tools())).rejects.toThrow(/GoToSocial/);
    const mine = settings({ baseUrl: other.url, keepsKeys: false });
    const { facts } = await mastodon.check(mine, tools());
    expect(mastodon.limits(mine, facts)).toMatchObject({ length: 5000, unit: 'code points', linkLength: null });
    expect(mastodon.guarantee(mine)).toBe('C');
    await other.close();
  });

  it('counts as the server counts', () => {
    const url = 'https://bao.example/rat-dai-lam-dai-thi-van-tinh-23-ky-tu?x=1';
    const limits = mastodon.limits(settings(), {});
    for (const text of [
      'Sáng 29/11, Đắk Lắk mưa lớn ',
      'ฝนตกหนักที่เชียงใหม่ ',
      'أمطار غزيرة على الجبل ',
      '大雨で峠が通行止め ',
      '👩‍👩‍👧 🇻🇳 👍🏽 ',
    ]) {
      const segments = [{ kind: 'text', text } as const, { kind: 'link', text: url, url } as const];
      expect(postLength(segments, limits)).toBe(countedLength(text + url));
    }
    const vector = `Sáng 29/11, Đắk Lắk mưa lớn ${url} @phongvien@bao.example #mưa`;
    expect(countedLength(vector)).toBe(67);
  });

  it('posts with photos, alt texts and language, and mentions nobody by accident', async () => {
    const limits = mastodon.limits(settings(), {});
    const headline = 'Viết cho @bandoc hay toasoan@bao.example 大雨 👍🏽';
    const segments = fillTemplate('{{headline}}', { ...someValues, headline }, limits);
    const one = await prepare(sending({ post: somePost({ photos, segments, language: 'vi-VN' }) }));
    expect(await publish(one)).toMatchObject({
      kind: 'sent',
      url: expect.stringContaining('https://social.example/@bao/'),
    });
    const [shown] = [...server.statuses.values()];
    expect(shown).toMatchObject({ language: 'vi', visibility: 'public' });
    expect(await publish(await prepare(sending({ key: 'other' })), { language: 'LO' })).toMatchObject({ kind: 'sent' });
    expect([...server.statuses.values()][1]).toMatchObject({ language: 'lo' });
    expect(shown!.status).toBe('Viết cho @\u200Bbandoc hay toasoan@bao.example 大雨 👍🏽');
    expect(countedLength(shown!.status)).toBe(postLength(segments, limits));
    expect(shown!.media_attachments.map((one) => one.description)).toEqual(['Người dân qua cầu treo (Thu An)', null]);
  });

  it('makes one post when the answer was lost and the same key is sent again', async () => {
    const one = await prepare(sending());
    server.misbehave('answer lost', 'proxy page');
    expect((await publish(one)).kind).toBe('ambiguous');
    expect((await publish(one)).kind).toBe('ambiguous');
    expect((await publish(one)).kind).toBe('sent');
    expect(server.seen).toHaveLength(1);
    expect(mastodon.keepsKeys).toBeLessThan(3_600_000);
  });

  it('takes an account without end for none', async () => {
    const body = Buffer.from(JSON.stringify({ id: '7', username: 'x'.repeat(5000) }));
    const http = { request: async () => ({ status: 200, headers: {}, body, url: '', movedTo: null }) };
    await expect(mastodon.check(settings(), { ...tools(), http })).rejects.toThrow(/answered 200/);
  });

  it('is in doubt where the answer’s id is none', async () => {
    for (const id of ['x'.repeat(5000), '', 'a\u0000b']) {
      server.misbehave({ status: 200, body: JSON.stringify({ id }) });
      expect((await publish(await prepare(sending()))).kind).toBe('ambiguous');
    }
  });

  it('uploads again what the server purged meanwhile, and finds the post that used it', async () => {
    const one = await prepare(sending());
    server.purge();
    expect(await publish(one)).toMatchObject({ kind: 'notSent', prepareAgain: true });
    const first = await publish(await prepare(sending()));
    expect(first.kind).toBe('sent');
    expect([...server.statuses.values()][0]!.media_attachments).toHaveLength(2);
    const other = await prepare(sending({ key: 'second' }));
    const second = await publish(other);
    clock.advance(2 * 3_600_000);
    expect(await publish(other)).toEqual(second);
    expect(server.seen).toHaveLength(2);
  });

  it('leaves out a photo the server will not take and says so', async () => {
    server.refuseMedia({ status: 422, body: '{"error":"Validation failed: File is broken"}' });
    const { prepared } = await prepare(sending());
    expect(prepared.media).toHaveLength(1);
    expect(prepared.notes).toEqual([expect.stringMatching(/^photo 1 of 2 left out: .*File is broken/)]);
  });

  it('waits for a server that fails with photos, but not for ever', async () => {
    server.refuseMedia({ status: 503 });
    await expect(prepare(sending())).rejects.toBeInstanceOf(NotPrepared);
    const failingSince = new Date(clock.now()).toISOString();
    clock.advance(11 * 60_000);
    server.refuseMedia({ status: 503 });
    await expect(prepare(sending({ at: failingSince })), 'the first try of a post that waited').rejects.toThrow(/503/);
    server.refuseMedia({ status: 503 });
    expect((await prepare(sending({ failingSince }))).prepared.media).toHaveLength(1);
  });

  it('waits as long as the server takes no more photos', async () => {
    const failingSince = new Date(clock.now() - 3_600_000).toISOString();
    const reset = clock.now() + 1_800_000;
    server.refuseMedia({ status: 429, headers: { 'x-ratelimit-reset': new Date(reset).toISOString() } });
    await expect(prepare(sending({ failingSince }))).rejects.toMatchObject({ result: { retryAt: reset } });
  });

  it('waits for photos that the server still works on, and no longer than it may', async () => {
    const slow = await startMastodon({ token, now: clock.now, polls: 3 });
    const mine = mastodon.settings.parse({ baseUrl: slow.url, accessToken: token });
    const prepared = mastodon.prepare!(sending(), mine, tools());
    for (let round = 0; round < 6; round++) {
      await until(() => clock.sleepers(1000) > 0);
      clock.advance(1000);
    }
    expect((await prepared).media).toHaveLength(2);

    const endless = await startMastodon({ token, now: clock.now, polls: Number.POSITIVE_INFINITY });
    const theirs = mastodon.settings.parse({ baseUrl: endless.url, accessToken: token });
    const failed = mastodon.prepare!(sending(), theirs, tools()).catch((error) => error);
    await until(() => clock.sleepers(1000) > 0);
    clock.advance(45_000);
    expect(await failed).toBeInstanceOf(NotPrepared);
    await slow.close();
    await endless.close();
  });

  it('keeps the photos at an edit, with new alt texts, and takes the post back once', async () => {
    const one = await prepare(sending());
    const result = await publish(one);
    if (result.kind !== 'sent') throw new Error(result.reason);
    const before = [...server.statuses.values()][0]!.media_attachments.map(({ id }) => id);
    const renamed = [{ ...photos[0]!, alt: 'Cầu treo thông xe' }, photos[1]!];
    const remote = { id: result.id, url: result.url };
    const edit = await prepare(
      sending({ key: 'edit', post: somePost({ photos: renamed }), remote, earlier: one.prepared }),
    );
    expect((await mastodon.edit!(edit, settings(), tools())).kind).toBe('sent');
    const after = server.statuses.get(result.id)!.media_attachments;
    expect(after.map(({ id }) => id)).toEqual(before);
    expect(after[0]!.description).toBe('Cầu treo thông xe');
    expect(server.uploads).toHaveLength(2);
    for (let times = 0; times < 2; times++) {
      expect((await mastodon.withdraw!(sending({ remote }), settings(), tools())).kind).toBe('sent');
    }
    expect(server.seen.map(({ what }) => what)).toEqual(['posted', 'edited', 'deleted']);
  });

  it('rests until the time the server names when nothing is left', async () => {
    const reset = new Date(clock.now() + 90_000).toISOString();
    const headers = { 'content-type': 'application/json', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    server.misbehave({ status: 200, headers, body: '{"id":"7","url":"https://social.example/@bao/7"}' });
    expect(await publish(sending())).toMatchObject({ kind: 'sent', restUntil: Date.parse(reset) });
    server.misbehave({ status: 200, headers: { ...headers, 'x-ratelimit-reset': 'later' }, body: '{"id":"8"}' });
    expect(await publish(sending())).not.toHaveProperty('restUntil');
  });

  it('replies below its own post, once, out of the public timelines', async () => {
    const first = await publish(await prepare(sending()));
    if (first.kind !== 'sent') throw new Error(first.reason);
    const segments = [{ kind: 'text', text: 'Đính chính: cầu dài 80 m' } as const];
    const remote = { id: first.id, url: first.url };
    const reply = await prepare(sending({ key: 'reply', remote, post: somePost({ segments, photos: [] }) }));
    server.misbehave('answer lost');
    for (const kind of ['ambiguous', 'sent']) {
      expect(await mastodon.reply!(reply, settings(), tools())).toMatchObject({ kind });
    }
    expect(server.seen[1]!.status).toMatchObject({ in_reply_to_id: first.id, visibility: 'unlisted' });
    await mastodon.reply!({ ...reply, key: 'another' }, settings({ visibility: 'private' }), tools());
    expect(server.seen[2]!.status.visibility).toBe('private');
    expect(server.seen).toHaveLength(3);
    server.statuses.clear();
    const late = await mastodon.reply!({ ...reply, key: 'late' }, settings(), tools());
    expect(late).toMatchObject({ kind: 'permanent', scope: 'item' });
  });

  it.each(['html', 'garbage', 'empty', 'huge', '500'] as const)(
    'is in doubt about an answer that says nothing: %s',
    async (mood) => {
      const one = await prepare(sending());
      server.misbehave(mood);
      expect((await publish(one)).kind).toBe('ambiguous');
      expect((await publish(one)).kind).toBe('sent');
      expect(server.seen).toHaveLength(1);
    },
  );
});
