import { describe, expect, it } from 'vitest';
import { facebook } from '#src/channels/facebook/channel.ts';
import { facebookBench, pageId } from '#tests/channels/facebook/bench.ts';

const minute = 60_000;

describe('Facebook, its own posts', () => {
  const bench = facebookBench();
  const { settings, tools } = bench;

  it('lists the Page’s own posts with every link, and never calls the list complete', async () => {
    const since = bench.clock.now();
    bench.server.writeByHand({ message: 'Xem https://bao.example/a?utm_source=fb.', link: 'https://bao.example/b' });
    bench.server.writeByHand({ message: 'Của bạn đọc: https://bao.example/a', from: '999' });
    bench.server.omit(true);
    bench.server.writeByHand({ message: 'https://bao.example/c' });
    bench.server.omit(false);
    for (let index = 0; index < 130; index++) bench.server.writeByHand({ message: `Tin ${index}` });
    const { posts, complete } = await facebook.find!(since, settings(), tools());
    expect(complete).toBe(false);
    expect(posts).toHaveLength(131);
    const [id] = bench.server.posts.keys();
    expect(posts.find((post) => post.id === id)).toMatchObject({
      at: since - (since % 1000),
      url: `https://www.facebook.com/${pageId}/posts/${id!.split('_')[1]}`,
      links: ['https://bao.example/a?utm_source=fb', 'https://bao.example/b'],
    });
    expect(await facebook.find!(since + minute, settings(), tools())).toMatchObject({ posts: [] });
    await expect(facebook.find!(since, settings({ accessToken: 'another-token' }), tools())).rejects.toThrow(/190/);
  });

  it('takes no visitor’s post for its own, named or not', async () => {
    const post = (id: string, from?: string) => ({
      ...{ id: `${pageId}_${id}`, message: 'https://bao.example/a', created_time: '2026-11-25T09:00:00+0000' },
      ...(from && { from: { id: from } }),
    });
    const idsOf = async (data: object[]) => {
      const body = Buffer.from(JSON.stringify({ data }));
      const http = { request: async () => ({ status: 200, headers: {}, body, url: '', movedTo: null }) };
      return (await facebook.find!(0, settings(), { ...tools(), http })).posts.map(({ id }) => id.split('_')[1]);
    };
    expect(await idsOf([post('1', pageId), post('2', '999'), post('3')])).toEqual(['1']);
    // A token that is told nobody's name.
    expect(await idsOf([post('1'), post('2')])).toEqual(['1', '2']);
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
      'https://www.facebook.com/permalink.php?story_fbid=pfbid02abc&id=104900000000001',
      'https://www.facebook.com/baothu/posts/pfbid02abc',
    ]) {
      expect(idOf(url), 'the address is all there is').toBe(url);
    }
    for (const url of [
      'https://www.facebook.com/999_123',
      'https://www.facebook.com/permalink.php?story_fbid=123&id=999',
      'https://www.facebook.com/permalink.php?story_fbid=pfbid02abc&id=999',
      'https://www.facebook.com/baothu',
      'https://facebook.com.evil.example/baothu/posts/123',
      'https://bao.example/posts/123',
    ]) {
      expect(idOf(url), url).toBeNull();
    }
  });
});
