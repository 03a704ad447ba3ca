/** What the console's first page shows, read from the ledger in a few queries. */
import { type Awaited, toDecide } from '#src/console/approval.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { Settings } from '#src/core/settings.ts';
import type { FeedStanding } from '#src/core/standing.ts';
import type { Stop } from '#src/core/stop.ts';
import type { StoryWords } from '#src/core/story-words.ts';
import type { Alert, AlertStore } from '#src/stores/alerts.ts';
import type { ChannelState } from '#src/stores/channels.ts';
import { readFeedStandings } from '#src/stores/feed-articles.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import type { SourceState } from '#src/stores/sources.ts';

export interface ArticleView {
  article: StoredArticle;
  photos: PhotoRecord[];
  deliveries: Delivery[];
  feeds: FeedStanding[];
}

export interface ChannelView {
  id: string;
  kind: string;
  state: ChannelState | null;
  counts: { posted: number; waiting: number; attention: number; notPosted: number };
}

export interface NewsroomView {
  articles: ArticleView[];
  sources: { id: string; kind: string; state: SourceState | null }[];
  channels: ChannelView[];
  alerts: Alert[];
  /** Posts that wait for a person, oldest first. */
  awaited: Awaited[];
  /** Null while posts go out. */
  stop: Stop | null;
}

const shownArticles = 20;

/** What the first page reads. */
interface NewsroomDeps {
  settings: Settings;
  ledger: Ledger;
  alerts: Pick<AlertStore, 'open'>;
}

export async function readNewsroom(
  { settings, ledger, alerts }: NewsroomDeps,
  words: StoryWords,
): Promise<NewsroomView> {
  const articles = await ledger.articles.list({ limit: shownArticles });
  const stop = await ledger.switches.stopped();
  const sources = new Map((await ledger.sources.all()).map((state) => [state.sourceId, state]));
  return {
    articles: await readArticles(articles, settings, ledger, words),
    sources: settings.sources.map(({ id, kind }) => ({ id, kind, state: sources.get(id) ?? null })),
    channels: await readChannels(settings, ledger),
    awaited: await readAwaited(ledger),
    // The stop is told by itself, with the way to end it.
    alerts: (await alerts.open()).filter(({ cause }) => !(stop && cause === 'stop-all')),
    stop,
  };
}

/** `articles`: in the ledger's order, with their photos, deliveries and how they stand on each feed. */
export async function readArticles(
  articles: StoredArticle[],
  settings: Settings,
  ledger: Ledger,
  words: StoryWords,
): Promise<ArticleView[]> {
  const ids = articles.map(({ id }) => id);
  const photos = await ledger.photos.forArticles(ids);
  const deliveries = ids.length === 0 ? [] : await ledger.deliveries.list({ articleIds: ids, limit: 5000 });
  const feeds = await readFeedStandings(articles, settings.feeds, ledger, words);
  return articles.map((article) => ({
    article,
    photos: photos.filter(({ articleId }) => articleId === article.id),
    deliveries: deliveries.filter(({ articleId }) => articleId === article.id),
    feeds: feeds.get(article.id) ?? [],
  }));
}

/** The whole list of a busy desk would push everything else off the page. */
const mostAwaited = 20;

async function readAwaited({ deliveries, articles }: Ledger): Promise<Awaited[]> {
  const waiting = await deliveries.list({ states: ['waiting'], limit: 1000 });
  const oldest = toDecide(waiting.toReversed()).slice(0, mostAwaited);
  const found = await Promise.all(
    oldest.map(async ({ articleId, channelId, createdAt: since }) => {
      const article = await articles.get(articleId);
      return article && { articleId, channelId, since, headline: article.headline, language: article.language };
    }),
  );
  return found.filter((one) => one !== null);
}

async function readChannels(settings: Settings, ledger: Ledger): Promise<ChannelView[]> {
  const counts = await ledger.deliveries.counts();
  const states = new Map((await ledger.channels.all()).map((state) => [state.channelId, state]));
  return settings.channels.map(({ id, kind }) => {
    const sum = (...wanted: string[]) =>
      counts
        .filter(({ channelId, state }) => channelId === id && wanted.includes(state))
        .reduce((total, { count }) => total + count, 0);
    return {
      id,
      kind,
      state: states.get(id) ?? null,
      counts: {
        posted: sum('sent'),
        waiting: sum('waiting', 'sending', 'retry'),
        attention: sum('parked', 'dead'),
        notPosted: sum('skipped', 'expired', 'cancelled'),
      },
    };
  });
}
