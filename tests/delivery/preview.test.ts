import { describe, expect, test } from 'vitest';
import { board } from '#src/channels/board.ts';
import type { Channel } from '#src/channels/channel.ts';
import { unstored, withOriginals } from '#src/commands/unstored-article.ts';
import { captionLine } from '#src/core/caption-line.ts';
import { previewArticle, previewUnstored } from '#src/delivery/preview.ts';
import { previewDeps } from '#tests/fakes/preview-deps.ts';
import { read } from '#tests/fakes/settings.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

const short: Channel = {
  ...board,
  kind: 'mastodon',
  limits: (_settings, facts) => {
    return { length: Number(facts['most'] ?? 120), unit: 'graphemes', linkLength: 23, photos: 1, altLength: 12 };
  },
};

const kinds = [board, short];
const { settings } = read(`
site: { name: Báo, url: https://bao.example, language: vi, timezone: Asia/Ho_Chi_Minh }
publicUrl: https://tin.example
channels:
  - { id: page, kind: board }
  - { id: fedi, kind: mastodon, settings: { baseUrl: https://m.example, accessToken: x }, only: { section: Thể thao } }
`);
const article = storedArticle();
const photos = photoRecords(article);

const deps = previewDeps({ articles: [article], photos }, settings, kinds);
const previewed = (channelId?: string) => previewUnstored(article, photos, channelId, deps);

describe('a preview', () => {
  test('shows each channel its own post, counted as the channel counts', async () => {
    const { posts } = await previewed();
    expect(posts.map(({ channel, kind, limit, unit }) => [channel, kind, limit, unit])).toEqual([
      ['page', 'board', null, 'graphemes'],
      ['fedi', 'mastodon', 120, 'graphemes'],
    ]);
    expect(posts[0]!.text).toContain(article.headline);
    expect(posts[0]!.photos).toHaveLength(2);
    expect(posts[0]!.photos[0]).toMatchObject({
      url: expect.stringContaining('https://tin.example/photos/'),
      width: 1280,
    });
    expect(posts[0]!.photos.map(({ caption }) => caption)).toEqual(article.photos.map(captionLine));
    expect(posts[1]!.photos[0]).not.toHaveProperty('caption');
    expect(posts[1]!.length).toBeLessThanOrEqual(120);
    expect(posts[1]!.photos).toHaveLength(1);
    expect(posts[1]!.photos[0]!.alt!.length).toBeLessThanOrEqual(12);
  });

  test('of an article that is not stored shows its own photos, with what is printed below them', async () => {
    const read = unstored({ article, sourceId: 'desk' });
    const view = withOriginals(await previewUnstored(read.article, read.photos, 'page', deps), read.photos);
    expect(view.posts[0]!.photos.map(({ url, caption }) => [url, caption])).toEqual(
      article.photos.map((photo) => [photo.url, captionLine(photo)]),
    );
  });

  test('says when a channel would not take the article', async () => {
    const [, fedi] = (await previewed()).posts;
    expect(fedi!.notes[0]).toBe('not posted: not for this channel: it takes section Thể thao');
  });

  test('can be of one channel; an unknown one names the nearest', async () => {
    expect((await previewed('page')).posts).toHaveLength(1);
    await expect(previewed('pag')).rejects.toThrow('There is no channel pag.');
  });

  test('of a stored article heeds what the service said of its limits', async () => {
    const state = {
      paused: false,
      pausedReason: null,
      account: null,
      failures: 0,
      openUntil: null,
      historyAt: null,
      since: 0,
    };
    const channels = [{ ...state, expiresAt: null, historyAt: null, channelId: 'fedi', facts: { most: 5000 } }];
    const known = previewDeps({ articles: [article], photos, channels }, settings, kinds);
    expect((await previewArticle(article.id, undefined, known))!.posts[1]!.limit).toBe(5000);
    expect(await previewArticle('nothing-here', undefined, known)).toBeNull();
  });
});
