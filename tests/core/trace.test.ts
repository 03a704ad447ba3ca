import { expect, test } from 'vitest';
import { traceArticle } from '#src/core/trace.ts';
import { delivery } from '#tests/fakes/delivery.ts';
import { photoRecords, storedArticle } from '#tests/fakes/stored-article.ts';

const zone = 'Asia/Ho_Chi_Minh';
const seen = Date.parse('2026-11-25T02:31:10Z');
const now = seen + 600_000;

test('an article’s story is told in order, and then how it stands everywhere', () => {
  const article = storedArticle();
  const [first, second] = photoRecords(article);
  const lines = traceArticle(
    {
      article,
      readings: [],
      events: [
        { at: seen + 300_000, kind: 'revised', revision: 2, detail: 'headline, photos' },
        { at: seen, kind: 'first seen', revision: 1, detail: null },
        { at: seen + 4000, kind: 'ready', revision: 1, detail: null },
      ],
      photos: [first!, { ...second!, renditions: [], failure: 'There is no picture at its address (404)' }],
      deliveries: [
        delivery({
          id: 'd1',
          state: 'sent',
          updatedAt: seen + 130_000,
          remote: { id: '9', url: 'https://m.example/9' },
        }),
        delivery({ id: 'd2', channelId: 'press', state: 'skipped', reason: 'not for this channel: it takes tag giá' }),
      ],
      attempts: [
        {
          deliveryId: 'd1',
          number: 1,
          startedAt: seen + 120_000,
          endedAt: seen + 121_500,
          result: 'notSent',
          detail: '503',
        },
      ],
      feeds: [
        { id: 'latest', holds: true, why: null },
        { id: 'the-thao', holds: false, why: 'not for this feed: it takes section Thể thao' },
      ],
      channels: ['fediverse', 'press', 'young'],
    },
    { now, zone },
  );
  expect(lines.map(({ at, text }) => `${at === now ? 'now' : (at - seen) / 1000}: ${text}`)).toEqual([
    '0: First seen at source portal, 1 min after its publication',
    '4: Ready for feeds and channels, photos: 1 of 2',
    '120: Channel fediverse: post, try 1: not sent after 1.5 s (503)',
    '300: Changed by the newsroom (revision 2): headline, photos',
    'now: Photo 2 is left out: There is no picture at its address (404)',
    'now: In feed latest',
    'now: Not in feed the-thao: not for this feed: it takes section Thể thao',
    'now: Channel fediverse: Posted at 09:33:20 (https://m.example/9)',
    'now: Channel press: Not posted: not for this channel: it takes tag giá',
    'now: Channel young: Not posted: the channel is newer than the article',
  ]);
});

test('an article that a person stopped and let go says so', () => {
  const events = (['held', 'released'] as const).map((kind) => ({ at: seen, kind, revision: 1, detail: null }));
  const story = {
    article: storedArticle(),
    readings: [],
    photos: [],
    deliveries: [],
    attempts: [],
    feeds: [],
    channels: [],
  };
  const lines = traceArticle({ ...story, events }, { now, zone });
  expect(lines.map((line) => line.text)).toEqual([
    'Held by a person: out of every feed, nothing of it is posted',
    'Released by a person',
  ]);
});
