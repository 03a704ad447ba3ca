import { expect, test } from 'vitest';
import { readFeedStandings } from '#src/stores/feed-articles.ts';
import { feedSettings } from '#tests/fakes/feed-settings.ts';
import { readLedger } from '#tests/fakes/read-ledger.ts';
import { storedArticle } from '#tests/fakes/stored-article.ts';

test('an old article is still held by a section’s feed, which few newer ones went into', async () => {
  const newer = Array.from({ length: 30 }, (_, index) => storedArticle({ id: `n${index}`, section: 'Thời sự' }));
  const old = storedArticle({ id: 'old', section: 'Thể thao' });
  const states = ['latest', 'the-thao'].map((feedId) => ({
    feedId,
    wanted: 1,
    built: 1,
    builtAt: Date.parse(old.firstSeenAt) + 1,
    entries: 1,
    error: null,
  }));
  const ledger = readLedger({ articles: [...newer, old], feeds: states });
  const feeds = [
    feedSettings({ id: 'latest', items: 20 }),
    feedSettings({ id: 'the-thao', items: 20, only: { section: ['Thể thao'] } }),
  ];
  const standings = await readFeedStandings([old], feeds, ledger);
  expect(standings.get('old')).toEqual([
    { id: 'latest', holds: false, why: 'the feed holds the newest 20 articles, and this one is older' },
    { id: 'the-thao', holds: true, why: null },
  ]);
});
