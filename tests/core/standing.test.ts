import { describe, expect, test } from 'vitest';
import { isCarried, soughtReason } from '#src/core/delivery.ts';
import { channelStanding, deliverySentence, feedStandings } from '#src/core/standing.ts';
import { vietnameseStory } from '#src/core/story-words-vi.ts';
import { delivery } from '#tests/fakes/delivery.ts';
import { feedSettings } from '#tests/fakes/feed-settings.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

const zone = 'Asia/Ho_Chi_Minh';
const now = Date.parse('2026-11-25T03:00:00Z');
const article = storedArticle();
const built = { builtAt: now, error: null, articleIds: new Set([article.id]) };
const telling = { now, zone };

describe('an article on a feed', () => {
  const why = (change = {}, feed = {}) =>
    feedStandings({ ...article, ...change }, [{ settings: feedSettings(), ...built, ...feed }])[0]!.why;
  const leftOut = { articleIds: new Set<string>() };

  test('is held when the feed’s next build takes it and the feed was built since', () => {
    expect(why()).toBeNull();
  });

  test.each([
    ['the article was withdrawn', { state: 'withdrawn' }, leftOut],
    ['a person holds the article', { state: 'held' }, leftOut],
    [
      'not for this feed: it takes section Thể thao',
      {},
      { ...leftOut, settings: feedSettings({ only: { section: ['Thể thao'] } }) },
    ],
    ['its photos are not done yet', { readyRevision: 0 }, leftOut],
    [
      'the feed holds the newest 2 articles, and this one is older',
      {},
      { ...leftOut, settings: feedSettings({ items: 2 }) },
    ],
    ['the feed is being built', {}, { builtAt: null }],
    ['the feed could not be built: disk full', {}, { builtAt: 0, error: 'disk full' }],
  ])('is not: %s', (reason, change, feed) => {
    expect(why(change, feed)).toBe(reason);
  });
});

describe('an article on a channel', () => {
  test.each([
    [{ state: 'sent' }, 'Posted at 09:31:10'],
    [{ state: 'sent', op: 'edit' }, 'Corrected at 09:31:10'],
    [{ state: 'waiting' }, 'Waits for its photos'],
    [{ dueAt: now + 60_000 }, 'Goes out at 10:01:00'],
    [{ dueAt: now - 1 }, 'Goes out next'],
    [{ dueAt: now + 86_400_000 }, 'Goes out at 2026-11-26 10:00'],
    [{ dueAt: Date.UTC(9999, 0), reason: 'waits for approval' }, 'Waits for a person: waits for approval'],
    [
      { dueAt: now + 5000, reason: 'the channel is paused: token revoked' },
      'Waits for a person: the channel is paused: token revoked',
    ],
    [
      { state: 'retry', reason: 'the server answered 503', dueAt: now + 5000 },
      'Not through yet: the server answered 503; next try at 10:00:05',
    ],
    [
      { state: 'retry', reason: soughtReason('the server answered 502', 'mastodon'), dueAt: now + 60_000 },
      'Perhaps posted: the server answered 502. Whether the post stands on mastodon is not known: it is looked for there; looked for again at 10:01:00',
    ],
    [
      { state: 'sent', reason: "found among the account's own posts" },
      "Posted at 09:31:10: found among the account's own posts",
    ],
    [{ state: 'parked', reason: 'it may stand there' }, 'Needs a person: it may stand there'],
    [
      { state: 'skipped', reason: 'not for this channel: it takes section Thể thao' },
      'Not posted: not for this channel: it takes section Thể thao',
    ],
    [{ state: 'expired', reason: '7 h old' }, 'Not posted, too late by now: 7 h old'],
    [{ state: 'cancelled', op: 'withdraw' }, 'Not taken back, cancelled'],
    [{ state: 'dead' }, 'Failed for good'],
    [{ state: 'sending' }, 'Being sent now'],
  ] as const)('%j reads: %s', (change, expected) => {
    expect(deliverySentence(delivery(change), telling)).toBe(expected);
  });

  test('is told with what came after the post, and a post that was taken back has no address', () => {
    const create = delivery({ state: 'sent', remote: { id: '1', url: 'https://m.example/1' } });
    const withdraw = delivery({ id: 'd2', op: 'withdraw', state: 'sent', createdAt: now });
    expect(channelStanding([create], telling)).toEqual({
      tone: 'good',
      text: 'Posted at 09:31:10',
      url: 'https://m.example/1',
    });
    expect(channelStanding([withdraw, create], telling)).toEqual({
      tone: 'good',
      text: 'Posted at 09:31:10. Taken back at 09:31:10',
      url: null,
    });
  });

  test('a correction that the post waiting for approval will carry is not told, nor decided on by itself', () => {
    const create = delivery({ reason: 'waits for approval', dueAt: Date.UTC(9999, 0) });
    const edit = delivery({ ...create, id: 'd2', op: 'edit', createdAt: now });
    const alone = 'Waits for a person: waits for approval';
    const older = { ...edit, id: 'd3', state: 'skipped' as const, reason: 'superseded by revision 3' };
    expect(channelStanding([edit, older, create], telling).text).toBe(alone);
    expect(channelStanding([edit, { ...create, state: 'sent', reason: null }], telling).text).toBe(
      `Posted at 09:31:10. ${alone}`,
    );
    const otherReader = { ...create, part: 'b@bao.example' };
    expect(isCarried(edit, [edit, otherReader])).toBe(false);
  });

  test('without a delivery is older than the channel', () => {
    expect(channelStanding([], telling).text).toBe('Not posted: the channel is newer than the article');
  });
});

describe('corrections and withdrawals in replies, and posts for single readers', () => {
  const create = delivery({ state: 'sent', updatedAt: now });

  test('are told as what they are, in both languages', () => {
    const reply = delivery({ op: 'edit', asReply: true, state: 'sent', createdAt: now + 1, updatedAt: now });
    const notice = { ...reply, op: 'withdraw' as const };
    expect(channelStanding([create, reply], telling).text).toMatch(/^Posted at .*\. Correction told in a reply at /);
    expect(channelStanding([create, notice], telling).text).toMatch(/\. Withdrawal told in a reply at /);
    const vietnamese = { ...telling, words: vietnameseStory };
    expect(channelStanding([create, reply], vietnamese).text).toMatch(/Đã đính chính bằng trả lời lúc /);
  });

  test('a notice below it leaves the post standing', () => {
    const notice = delivery({ op: 'withdraw', asReply: true, state: 'sent', createdAt: now + 1 });
    const standing = { ...create, remote: { id: '9', url: 'https://m.example/9' } };
    expect(channelStanding([standing, notice], telling).url).toBe('https://m.example/9');
    expect(channelStanding([standing, { ...notice, asReply: false }], telling).url).toBeNull();
  });

  test('are counted where each reader has one', () => {
    const parts = (['sent', 'sent', 'dead'] as const).map((state, index) =>
      delivery({ id: `d${index}`, part: `reader-${index}@bao.example`, state }),
    );
    expect(channelStanding(parts, telling)).toEqual({ tone: 'attention', text: 'Sent to 2 of 3 readers', url: null });
  });
});
