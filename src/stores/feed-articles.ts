/** Which articles a feed holds: one query for whoever builds it, shows it or says how an article stands on it. */
import type { StoredArticle } from '#src/core/article.ts';
import type { FeedSettings } from '#src/core/settings.ts';
import { type BuiltFeed, type FeedStanding, feedStandings } from '#src/core/standing.ts';
import type { StoryWords } from '#src/core/story-words.ts';
import type { ArticleQuery } from '#src/stores/articles.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export function feedArticles({ only, items }: Pick<FeedSettings, 'only' | 'items'>): ArticleQuery {
  return { ready: true, state: 'live', only, limit: items };
}

/** How each of the articles stands on every feed, by article id; in English without `words`. */
export async function readFeedStandings(
  articles: readonly StoredArticle[],
  feeds: readonly FeedSettings[],
  ledger: Pick<Ledger, 'articles' | 'feeds'>,
  words?: StoryWords,
): Promise<Map<string, FeedStanding[]>> {
  const states = new Map((await ledger.feeds.all()).map((state) => [state.feedId, state]));
  const built: BuiltFeed[] = [];
  for (const settings of feeds) {
    const articleIds = new Set(await ledger.articles.ids(feedArticles(settings)));
    const { builtAt = null, error = null } = states.get(settings.id) ?? {};
    built.push({ settings, builtAt, error, articleIds });
  }
  return new Map(articles.map((article) => [article.id, feedStandings(article, built, words)]));
}
