import type { ArticleEvent, StoredArticle } from '#src/core/article.ts';
import type { Attempt, Delivery } from '#src/core/delivery.ts';
import { matches } from '#src/core/only.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { Stop } from '#src/core/stop.ts';
import type { Alert } from '#src/stores/alerts.ts';
import type { BoardPost } from '#src/stores/board.ts';
import type { ChannelState } from '#src/stores/channels.ts';
import type { FeedState } from '#src/stores/feeds.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { Hold, SourceState } from '#src/stores/sources.ts';
import { memorySessions } from '#tests/fakes/memory-sessions.ts';

export interface LedgerContent {
  articles: StoredArticle[];
  photos: PhotoRecord[];
  deliveries: Delivery[];
  attempts: Attempt[];
  events: ArticleEvent[];
  feeds: FeedState[];
  sources: SourceState[];
  channels: ChannelState[];
  alerts: Alert[];
  board: BoardPost[];
  stop: Stop | null;
  holds: { sourceId: string; hold: Hold; count: number }[];
}

/** A ledger to look at: what pages and the status read, from plain lists. */
export function readLedger(given: Partial<LedgerContent> = {}): Ledger {
  const content: LedgerContent = {
    articles: [],
    photos: [],
    deliveries: [],
    attempts: [],
    events: [],
    feeds: [],
    sources: [],
    channels: [],
    alerts: [],
    board: [],
    stop: null,
    holds: [],
    ...given,
  };
  const noFeed = { wanted: 0, built: 0, builtAt: null, entries: 0, error: null };
  const list = ({ limit, only = null, ready, state }: Parameters<Ledger['articles']['list']>[0]) =>
    content.articles
      .filter((one) => (!ready || one.readyRevision > 0) && (!state || one.state === state) && matches(only, one))
      .slice(0, limit);
  const reads = {
    articles: {
      byClue: async (of: string) => content.articles.find((one) => one.url === of) ?? null,
      get: async (id: string) => content.articles.find((one) => one.id === id) ?? null,
      count: async () => content.articles.length,
      revision: async () => null,
      events: async () => content.events,
      list: async (query: Parameters<Ledger['articles']['list']>[0]) => list(query),
      ids: async (query: Parameters<Ledger['articles']['list']>[0]) => list(query).map(({ id }) => id),
    },
    deliveries: {
      list: async ({ articleIds, states }: { articleIds?: string[]; states?: string[] }) =>
        content.deliveries.filter((one) => {
          return (articleIds?.includes(one.articleId) ?? true) && (states?.includes(one.state) ?? true);
        }),
      attempts: async (id: string) => content.attempts.filter((one) => one.deliveryId === id),
      counts: async () =>
        Object.entries(Object.groupBy(content.deliveries, ({ channelId, state }) => `${channelId} ${state}`)).map(
          ([key, rows = []]) => {
            const [channelId, state] = key.split(' ');
            return { channelId, state, count: rows.length };
          },
        ),
    },
    photos: {
      forArticles: async (ids: string[]) => content.photos.filter((one) => ids.includes(one.articleId)),
    },
    feeds: {
      all: async () => content.feeds,
      state: async (feedId: string) => content.feeds.find((one) => one.feedId === feedId) ?? { feedId, ...noFeed },
    },
    sources: { all: async () => content.sources, readingsOf: async () => [], findReadings: async () => [] },
    holds: { counts: async () => content.holds },
    figures: {
      sources: async () =>
        [...Map.groupBy(content.articles, ({ sourceId }) => sourceId)].map(([sourceId, own]) => ({
          sourceId,
          articles: own.length,
        })),
    },
    channels: {
      all: async () => content.channels,
      state: async (id: string) => content.channels.find((one) => one.channelId === id) ?? { channelId: id, facts: {} },
    },
    summaries: { get: async () => null, keep: async (_id: string, _revision: number, made: unknown) => made },
    alerts: { open: async () => content.alerts },
    switches: { stopped: async () => content.stop },
    sessions: memorySessions(),
    board: { list: async (id: string) => content.board.filter((one) => one.channelId === id) },
  };
  return reads as unknown as Ledger;
}
