import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { bluesky } from '#src/channels/bluesky/channel.ts';
import { tidOf } from '#src/channels/bluesky/tid.ts';
import { type BlueskyBench, openBlueskyBench } from '#tests/fakes/bluesky-bench.ts';
import { startBluesky } from '#tests/fakes/bluesky-server.ts';
import type { Mood } from '#tests/fakes/moods.ts';
import { somePost } from '#tests/fakes/posts.ts';

describe('Bluesky', () => {
  let bench: BlueskyBench;

  beforeEach(async () => {
    bench = await openBlueskyBench();
  });
  afterEach(async () => {
    expect(JSON.stringify(bench.log.lines)).not.toMatch(/canary/);
    await bench.close();
  });

  it('posts with photos, alt texts, shapes, facets and language', async () => {
    const one = await bench.prepare();
    const result = await bench.publish(one);
    const { did } = bench.server.account;
    expect(result).toMatchObject({
      kind: 'sent',
      id: `at://${did}/app.bsky.feed.post/${one.prepared.rkey}`,
      url: `https://bsky.app/profile/${did}/post/${one.prepared.rkey}`,
    });
    const [post] = bench.standing();
    expect(post).toMatchObject({ langs: ['vi'], createdAt: new Date(bench.clock.now()).toISOString() });
    expect(post.embed.images.map(({ alt }: any) => alt)).toEqual(['Người dân qua cầu treo (Thu An)', '']);
    expect(post.facets).toHaveLength(2);
    expect(bench.server.uploads.map(({ mimeType }) => mimeType)).toEqual(['image/jpeg', 'image/jpeg']);
  });

  const doubtful: Mood[] = ['answer lost', 'proxy page', '500', 'html', 'garbage', 'empty', 'huge'];
  it.each(doubtful)('makes one post of any number of tries after: %s', async (mood) => {
    const one = await bench.prepare();
    bench.server.misbehave(mood, mood);
    for (const kind of ['ambiguous', 'ambiguous', 'sent', 'sent'])
      expect(await bench.publish(one)).toMatchObject({ kind });
    expect(bench.server.record).toHaveLength(1);
  });

  it('sends the same bytes after the row went through a database and the day went by', async () => {
    const one = await bench.prepare();
    bench.server.misbehave('answer lost');
    await bench.publish(one);
    bench.clock.advance(23 * 3_600_000);
    const shuffled = JSON.parse(JSON.stringify(Object.fromEntries(Object.entries(one.prepared).reverse())));
    expect(await bench.publish({ ...one, prepared: shuffled })).toMatchObject({ kind: 'sent' });
    expect(bench.server.record.map(({ op }) => op)).toEqual(['create']);
    const again = await bench.prepare(bench.sending({ at: one.at }));
    expect(again.prepared.rkey).toBe(one.prepared.rkey);
  });

  it.each([
    [{ 'retry-after': '30' }, 30_000],
    [{ 'retry-after': 'soon', 'ratelimit-reset': String(Date.UTC(2026, 10, 25, 9) / 1000) }, 3_600_000],
    [{}, 60_000],
    [{ 'retry-after': '-', 'ratelimit-reset': 'never' }, 60_000],
  ])('waits as it is told by %o', async (headers, wait) => {
    bench.clock.advance(Date.UTC(2026, 10, 25, 8) - bench.clock.now());
    const one = await bench.prepare();
    bench.server.misbehave({ status: 429, headers, body: '{"error":"RateLimitExceeded"}' });
    expect(await bench.publish(one)).toMatchObject({ kind: 'notSent', retryAt: bench.clock.now() + wait });
  });

  it('rests when the service says that its points are used up', async () => {
    const poor = await startBluesky({ now: bench.clock.now, points: 5 });
    bench.use(bench.settings({ service: poor.url }));
    const result = await bench.publish(await bench.prepare());
    expect(result).toMatchObject({
      kind: 'sent',
      restUntil: Math.floor(bench.clock.now() / 3_600_000) * 3_600_000 + 3_600_000,
    });
    await poor.close();
  });

  it('refuses for good what is too long, and what was prepared for another account', async () => {
    const segments = [{ kind: 'text', text: '👩‍👩‍👧'.repeat(301) } as const];
    const long = await bench.prepare(bench.sending({ post: somePost({ segments }) }));
    expect(await bench.publish(long)).toMatchObject({ kind: 'permanent', scope: 'item' });
    const other = { ...long, prepared: { ...long.prepared, repo: 'did:plc:another' } };
    expect(await bench.publish(other)).toMatchObject({
      kind: 'permanent',
      scope: 'item',
      reason: expect.stringMatching(/another account/),
    });
  });

  it('replies below its own post, once', async () => {
    const first = await bench.publish(await bench.prepare());
    if (first.kind !== 'sent') throw new Error(first.reason);
    const remote = { id: first.id, url: first.url };
    const segments = [{ kind: 'text', text: 'Đính chính: cầu dài 80 m' } as const];
    const reply = await bench.prepare(
      bench.sending({ key: 'reply', remote, post: somePost({ segments, photos: [] }) }),
    );
    bench.server.misbehave('answer lost');
    for (const kind of ['ambiguous', 'sent']) {
      expect(await bluesky.reply!(reply, bench.settings(), bench.tools())).toMatchObject({ kind });
    }
    const named = { uri: first.id, cid: bench.server.record[0]!.cid };
    expect(bench.standing()[1].reply).toEqual({ root: named, parent: named });
    expect(bench.server.record).toHaveLength(2);
    bench.server.posts.clear();
    await expect(bench.prepare(bench.sending({ key: 'late', remote }))).rejects.toMatchObject({
      result: { kind: 'permanent', scope: 'item', reason: expect.stringMatching(/is gone/) },
    });
  });

  it('takes its post back once, also by an address copied from a browser, and never another account’s', async () => {
    const first = await bench.publish(await bench.prepare());
    if (first.kind !== 'sent') throw new Error(first.reason);
    const key = first.id.split('/').at(-1);
    for (const id of [`at://BAO.example/app.bsky.feed.post/${key}`, first.id]) {
      const gone = await bluesky.withdraw!(
        bench.sending({ remote: { id, url: null } }),
        bench.settings(),
        bench.tools(),
      );
      expect(gone.kind).toBe('sent');
    }
    expect(bench.server.record.map(({ op }) => op)).toEqual(['create', 'delete']);
    const remote = { id: `at://did:plc:another/app.bsky.feed.post/${key}`, url: null };
    expect(await bluesky.withdraw!(bench.sending({ remote }), bench.settings(), bench.tools())).toMatchObject({
      kind: 'permanent',
      scope: 'item',
    });
  });

  it('finds its own posts and those written by hand, with every link in them', async () => {
    await bench.publish(await bench.prepare());
    const createdAt = new Date(bench.clock.now() + 1000).toISOString();
    const external = { uri: 'https://bao.example/the', title: '', description: '' };
    bench.server.write('7zzzzzzzzzzzz', {
      text: 'Đọc tại https://bao.example/tay',
      createdAt,
      embed: { $type: 'app.bsky.embed.external', external },
    });
    bench.server.write('2222222222222', { text: 'xưa', createdAt: '2020-01-01T00:00:00Z' });
    bench.server.write('2222222222223', { text: 'hỏng', createdAt: 'hôm qua', facets: 'x' });
    const { posts, complete } = await bluesky.find!(bench.clock.now() - 3_600_000, bench.settings(), bench.tools());
    expect(complete).toBe(true);
    expect(posts.map(({ links }) => links)).toEqual([
      ['https://bao.example/the', 'https://bao.example/tay'],
      [somePost().link],
    ]);
    expect(posts[0]).toMatchObject({ at: Date.parse(createdAt), url: expect.stringMatching(/^https:\/\/bsky\.app\//) });
    bench.server.misbehaveAt(/listRecords/, 'html');
    await expect(bluesky.find!(0, bench.settings(), bench.tools())).rejects.toThrow();
  });

  it('reads its own posts page by page, and no further than is asked for', async () => {
    const { clock, server } = bench;
    for (let index = 0; index < 650; index++) {
      clock.advance(10 * 60_000);
      server.write(tidOf(clock.now(), String(index)), {
        text: `Tin ${index}`,
        createdAt: new Date(clock.now()).toISOString(),
      });
    }
    const asked = () => server.requests.filter((what) => what.includes('listRecords')).length;
    const recent = await bluesky.find!(clock.now() - 6 * 3_600_000 + 1, bench.settings(), bench.tools());
    expect([recent.posts.length, recent.complete, asked()]).toEqual([36, true, 2]);
    const all = await bluesky.find!(0, bench.settings(), bench.tools());
    expect([all.posts.length, all.complete]).toEqual([500, false]);
  });

  it('keeps nothing secret in what goes into the row', async () => {
    expect(JSON.stringify(await bench.prepare())).not.toMatch(/canary/);
  });
});
