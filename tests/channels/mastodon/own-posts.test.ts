import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import { type MastodonBench, openMastodonBench, token } from '#tests/fakes/mastodon-bench.ts';
import { startMastodon } from '#tests/fakes/mastodon-server.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

const hour = 3_600_000;

describe("an account's own posts on Mastodon", () => {
  let bench: MastodonBench;
  let clock: MastodonBench['clock'];
  let server: MastodonBench['server'];

  beforeEach(async () => {
    bench = await openMastodonBench();
    ({ clock, server } = bench);
  });
  afterEach(() => bench.close());

  const settings = () => bench.settings();
  const tools = () => bench.tools();
  const find = (since: number) => mastodon.find!(since, settings(), tools());
  const write = (text: string, key: string) => {
    const segments = [{ kind: 'text', text } as const];
    return mastodon.publish(someSending({ key, post: somePost({ segments }) }), settings(), tools());
  };

  it('are read back as they were written, with whole addresses', async () => {
    const text = `“Mưa” & gió <b> ở Đắk Lắk ☔\n\nhttps://bao.example/thoi-su/mua-rat-to-o-dak-lak?a=1&b=2\n#ĐắkLắk`;
    await write(text, 'one');
    const { posts, complete } = await find(clock.now() - hour);
    expect(complete).toBe(true);
    expect(posts).toEqual([
      {
        id: [...server.statuses.keys()][0],
        url: expect.stringMatching(/^https:\/\/social\.example\//),
        at: clock.now(),
        text,
        links: expect.arrayContaining(['https://bao.example/thoi-su/mua-rat-to-o-dak-lak?a=1&b=2']),
      },
    ]);
  });

  it('are read page by page until the time that is asked for, and no further than five', async () => {
    for (let index = 0; index < 250; index++) {
      clock.advance(60_000);
      await write(`Tin số ${index}`, `key-${index}`);
      if (index === 149) clock.advance(3 * hour);
    }
    const recent = await find(clock.now() - 2 * hour);
    expect([recent.posts.length, recent.complete]).toEqual([100, true]);
    const all = await find(0);
    expect([all.posts.length, all.complete]).toEqual([200, false]);
  });

  it('cannot be read without the scope: that says so, and is no matter of the channel', async () => {
    const closed = await startMastodon({ token, now: clock.now, writeOnly: true });
    const mine = mastodon.settings.parse({ baseUrl: closed.url, accessToken: token });
    await expect(mastodon.find!(0, mine, tools())).rejects.toThrow(/403.*read:statuses/);
    await closed.close();
  });

  it('are known by their addresses', () => {
    const mine = mastodon.settings.parse({ baseUrl: 'https://social.example', accessToken: token });
    for (const [path, id] of [
      ['@bao/1128', '1128'],
      ['@bao/1128/?x#y', '1128'],
      ['users/bao/statuses/1128', '1128'],
      ['web/statuses/1128', '1128'],
      ['web/@bao/1128', '1128'],
      ['@bao/statuses/01HZX', '01HZX'],
      ['notice/AbC9', 'AbC9'],
      ['@bao', null],
      ['@bao@khac.example/1128', null],
      ['tags/1128', null],
    ]) {
      expect(mastodon.idOf!(`https://social.example/${path}`, mine), path!).toBe(id);
    }
    expect(mastodon.idOf!('https://khac.example/@bao/1128', mine)).toBeNull();
    expect(mastodon.idOf!('bài viết', mine)).toBeNull();
  });
});
