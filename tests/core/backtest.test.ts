import { describe, expect, it } from 'vitest';
import { playChannel } from '#src/core/backtest.ts';
import { commonTraits } from '#src/core/channel-traits.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import { channelSettings } from '#tests/fakes/delivery-bench.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

const site = { name: 'Báo Ví Dụ', url: 'https://bao.example', language: 'vi', timezone: 'Asia/Ho_Chi_Minh' };
const minute = 60_000;
const hour = 60 * minute;
const noon = Date.parse('2026-11-25T05:00:00.000Z');
const { pace } = channelSettings('x');

function article(id: string, at: number, change: Parameters<typeof storedArticle>[0] = {}) {
  const time = new Date(at).toISOString();
  return storedArticle({ id, firstSeenAt: time, publishedAt: time, ...change });
}

function play(articles: ReturnType<typeof article>[], change: Partial<ChannelSettings> = {}) {
  const { posts, notPosted } = playChannel(
    { settings: channelSettings('fedi', change), traits: commonTraits },
    articles,
    site,
  );
  return {
    posts: posts.map(({ article: { id }, at, waits }) => [id, (at - noon) / minute, ...(waits ? [waits] : [])]),
    notPosted: notPosted.map(({ article: { id }, reason }) => [id, reason]),
  };
}

describe('a backtest', () => {
  it('keeps settling, gap and posts an hour, in the order of time', () => {
    const articles = ['a', 'b', 'c', 'd'].map((id, index) => article(id, noon + index * minute)).reverse();
    const slow = { pace: { ...pace, settle: 2 * minute, gap: 5 * minute, perHour: 3 } };
    expect(play(articles, slow).posts).toEqual([
      ['a', 2],
      ['b', 7],
      ['c', 12],
      // Asked again every twenty minutes, until there is room in the last hour.
      ['d', 72],
    ]);
  });

  it('waits for the end of quiet hours, but not with breaking news', () => {
    const night = Date.parse('2026-11-25T16:00:00.000Z'); // 23:00 there
    const settings = { pace: { ...pace, quiet: { from: 22 * 60, to: 6 * 60 } }, breaking: { tag: ['khẩn'] } };
    const { posts } = play([article('a', night), article('b', night + minute, { tags: ['Khẩn'] })], settings);
    expect(posts).toEqual([
      ['b', 11 * 60 + 1],
      ['a', 18 * 60],
    ]);
  });

  it('says what is not for the channel, what would have been too old, and what would wait for a person', () => {
    const many = Array.from({ length: 4 }, (_, index) => article(`n${index}`, noon));
    const { posts, notPosted } = play(many, { pace: { ...pace, gap: 3 * hour } });
    expect(posts).toEqual([
      ['n0', 0],
      ['n1', 180],
      ['n2', 360],
    ]);
    expect(notPosted).toEqual([['n3', expect.stringContaining('nothing older than 6 h')]]);
    expect(play([article('a', noon)], { only: { section: ['Thể thao'] } }).notPosted).toEqual([
      ['a', 'not for this channel: it takes section Thể thao'],
    ]);
    expect(play([article('a', noon)], { approval: 'required' }).posts).toEqual([['a', 0, 'waits for approval']]);
  });

  it('takes what stood there at the first poll as seen when it was published', () => {
    const old = article('a', noon + 30 * 24 * hour, { baseline: true, publishedAt: new Date(noon).toISOString() });
    expect(play([old]).posts).toEqual([['a', 0]]);
  });
});
