import { beforeEach, expect, test } from 'vitest';
import type { Clock, Journal } from '#src/core/tools.ts';
import { createJournal } from '#src/ops/journal.ts';
import { recordingLog } from '#tests/fakes/log.ts';

let now: number;
let log: ReturnType<typeof recordingLog>;
let journal: Journal;

beforeEach(() => {
  now = 1000;
  log = recordingLog();
  journal = createJournal(log, { now: () => now } as Clock);
});

const headline = 'Hồ Bản Chang đầy nước';

const article = (more: object = {}) =>
  journal.note({
    kind: 'article',
    articleId: 'a1',
    revision: 1,
    headline,
    changes: [],
    baseline: false,
    photos: 2,
    seenAt: now,
    feeds: ['latest', 'thoi-su'],
    channels: ['board'],
    ...more,
  });
const ready = () => journal.note({ kind: 'ready', articleId: 'a1', revision: 1 });
const feed = (feedId: string) => journal.note({ kind: 'feed', feedId, articleIds: ['a1'], error: null });
const delivery = (text: string) =>
  journal.note({ kind: 'delivery', articleId: 'a1', headline, channelId: 'board', text });
const lines = () => log.lines.map((line) => line.message);

test('one line tells what was really made, once feeds and channels have answered', () => {
  article();
  ready();
  feed('latest');
  delivery('posted to board');
  expect(lines()).toEqual([]);
  now += 1400;
  feed('thoi-su');
  expect(lines()).toEqual(['new article "Hồ Bản Chang đầy nước": 2 feeds, 2 photos, posted to board, 1.4 s']);
});

test('a feed that was built before the article was ready does not count', () => {
  article({ channels: [] });
  feed('latest');
  feed('thoi-su');
  expect(lines()).toEqual([]);
});

test('photos that were left out are told', () => {
  article({ feeds: ['latest'], channels: [] });
  journal.note({ kind: 'photo', articleId: 'a1', revision: 1, position: 0, failure: '404' });
  ready();
  feed('latest');
  expect(lines()[0]).toContain('1 feed, 1 photo, 1 photo left out');
});

test('what stood there before is not told', () => {
  article({ baseline: true });
  ready();
  feed('latest');
  feed('thoi-su');
  expect(lines()).toEqual([]);
});

test('a change names what changed', () => {
  article({ revision: 2, changes: ['headline', 'captions'], feeds: ['latest'], channels: [] });
  ready();
  feed('latest');
  expect(lines()[0]).toContain('changed article "Hồ Bản Chang đầy nước" (headline, captions): 1 feed');
});

test('a delivery that ends after its line stands gets a line of its own', () => {
  delivery('corrected on board');
  expect(lines()).toEqual(['"Hồ Bản Chang đầy nước": corrected on board']);
});

test('what stands as it stood is told once, but still completes its article', () => {
  const again = {
    kind: 'delivery',
    articleId: 'a1',
    headline,
    channelId: 'board',
    text: 'board waits',
    isRepeat: true,
  } as const;
  journal.note(again);
  expect(lines()).toEqual([]);
  article({ feeds: [] });
  journal.note(again);
  expect(lines()[0]).toContain('board waits');
});

test('where other processes do a part, each part is told as it happens', () => {
  journal = createJournal(log, { now: () => now } as Clock, { shared: true });
  article();
  ready();
  feed('latest');
  delivery('posted to board');
  expect(lines()).toEqual([
    'new article "Hồ Bản Chang đầy nước": 2 photos, 0 ms',
    '"Hồ Bản Chang đầy nước": posted to board',
  ]);
});

test('what never comes, as another process did it, does not keep a line back for ever', () => {
  article();
  ready();
  feed('latest');
  now += 600_000;
  feed('kinh-te');
  expect(lines()).toEqual(['new article "Hồ Bản Chang đầy nước": 1 feed, 2 photos, 10 min']);
});

test('what goes to each reader of a list is told once', () => {
  article({ channels: ['board', 'mail'] });
  ready();
  feed('latest');
  feed('thoi-su');
  const mail = (text: string) => journal.note({ kind: 'delivery', articleId: 'a1', headline, channelId: 'mail', text });
  for (let reader = 0; reader < 3; reader++) mail('posted to mail');
  delivery('posted to board');
  for (let reader = 0; reader < 3; reader++) mail('posted to mail');
  mail('mail dead: no such user');
  expect(lines()).toEqual([
    expect.stringMatching(/posted to mail, posted to board/),
    `"${headline}": mail dead: no such user`,
  ]);
});
