/** What today's settings would have posted lately, channel by channel. */
import type { StoredArticle } from '#src/core/article.ts';
import { playChannel, seenAt } from '#src/core/backtest.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { postLength, postText } from '#src/core/length.ts';
import { type ComposeDeps, composeFrom } from '#src/delivery/compose-post.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { plannedChannel } from '#src/delivery/planned-channel.ts';

export interface BacktestView {
  /** ISO 8601. */
  from: string;
  to: string;
  articles: number;
  channels: {
    channel: string;
    kind: string;
    posts: { article: string; headline: string; at: string; waits: string | null; text: string; length: number }[];
    notPosted: { article: string; headline: string; reason: string }[];
  }[];
}

const day = 24 * 3_600_000;
/** A newsroom's year has fewer. */
const mostArticles = 10_000;

type BacktestDeps = Pick<DeliveryDeps, 'channels' | 'settings' | 'clock'> &
  Omit<ComposeDeps, 'ledger'> & {
    ledger: Pick<DeliveryDeps['ledger'], 'articles' | 'channels' | 'summaries'>;
  };

/** Nothing is sent, and nobody is asked: summaries are the articles' own sentences, photos are left out. */
export async function backtest(days: number, channelId: string | null, deps: BacktestDeps): Promise<BacktestView> {
  const { ledger, clock, channels } = deps;
  const to = clock.now();
  const from = to - days * day;
  const stored = await ledger.articles.list({ limit: mostArticles });
  const articles = stored.filter((article) => seenAt(article) >= from && seenAt(article) <= to);
  const chosen = [...channels.values()].filter(({ settings }) => channelId === null || settings.id === channelId);
  if (chosen.length === 0) throw noChannel(channelId, [...channels.keys()]);
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    articles: articles.length,
    channels: await Promise.all(chosen.map((configured) => playOne(configured, articles, deps))),
  };
}

async function playOne(
  configured: ConfiguredChannel,
  articles: readonly StoredArticle[],
  deps: BacktestDeps,
): Promise<BacktestView['channels'][number]> {
  const { settings, channel } = configured;
  const { facts } = await deps.ledger.channels.state(settings.id, deps.clock.now());
  const played = playChannel(plannedChannel(configured, 0), articles, deps.settings.site);
  const quiet = { ...deps, settings: { ...deps.settings, summarizer: null } };
  const posts: BacktestView['channels'][number]['posts'] = [];
  const notPosted = played.notPosted.map(({ article, reason }) => ({ ...named(article), reason }));
  for (const { article, at, waits } of played.posts) {
    try {
      const { post, limits, tooLong } = await composeFrom({ article, photos: [], facts }, configured, quiet);
      if (tooLong !== null) throw new UserError(tooLong);
      const text = postText(post.segments);
      const length = postLength(post.segments, limits);
      posts.push({ ...named(article), at: new Date(at).toISOString(), waits, text, length });
    } catch (error) {
      notPosted.push({ ...named(article), reason: messageOf(error) });
    }
  }
  return { channel: settings.id, kind: channel.kind, posts, notPosted };
}

const named = ({ id, headline }: StoredArticle) => ({ article: id, headline });

function noChannel(channelId: string | null, ids: string[]): UserError {
  if (channelId === null) {
    return new UserError('There are no channels in the settings.', { next: 'Add one under `channels`.' });
  }
  return new UserError(`There is no channel ${channelId}.`, { next: `Channels: ${ids.join(', ') || 'none'}` });
}
