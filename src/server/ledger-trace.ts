/** The story of one article: the document of `/api/v1/articles/ID/trace` and of `loa article trace`. */

import type { Settings } from '#src/core/settings.ts';
import { stopHeadline } from '#src/core/stop.ts';
import { traceArticle } from '#src/core/trace.ts';
import { readFeedStandings } from '#src/stores/feed-articles.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface TraceView {
  article: { id: string; headline: string; url: string | null; revision: number; state: string };
  lines: { at: string; text: string }[];
}

type TraceSettings = Pick<Settings, 'site' | 'feeds' | 'channels'>;

/** Null when there is no such article. */
export async function viewTrace(
  ledger: Ledger,
  articleId: string,
  options: { settings: TraceSettings; now: number },
): Promise<TraceView | null> {
  const article = await ledger.articles.get(articleId);
  if (!article) return null;
  const { settings, now } = options;
  const deliveries = await ledger.deliveries.list({ articleIds: [articleId], limit: 1000 });
  const attempts = await Promise.all(deliveries.map(({ id }) => ledger.deliveries.attempts(id)));
  const feeds = await readFeedStandings([article], settings.feeds, ledger);
  const lines = traceArticle(
    {
      article,
      events: await ledger.articles.events(articleId),
      photos: await ledger.photos.forArticles([articleId]),
      deliveries,
      attempts: attempts.flat(),
      feeds: feeds.get(articleId) ?? [],
      channels: settings.channels.map(({ id }) => id),
    },
    { now, zone: settings.site.timezone },
  );
  const stop = await ledger.switches.stopped();
  if (stop) lines.push({ at: now, text: stopHeadline(stop, settings.site.timezone) });
  const { id, headline, url, revision, state } = article;
  return {
    article: { id, headline, url, revision, state },
    lines: lines.map(({ at, text }) => ({ at: new Date(at).toISOString(), text })),
  };
}
