/** The story of one article, or of what never became one: the document of `/api/v1/trace` and of `loa article trace`. */
import type { StoredArticle } from '#src/core/article.ts';
import { readingLines, readingStanding } from '#src/core/reading-trace.ts';
import type { Settings } from '#src/core/settings.ts';
import { stopHeadline } from '#src/core/stop.ts';
import { type TraceLine, traceArticle } from '#src/core/trace.ts';
import { readFeedStandings } from '#src/stores/feed-articles.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { type Reading, toldReading } from '#src/stores/sources.ts';

export interface TraceView {
  /** Null for what never became one. */
  article: { id: string; headline: string; url: string | null; revision: number; state: string } | null;
  /** Then: what its source calls it. */
  reading: {
    id: string;
    source: string;
    externalId: string;
    title: string | null;
    url: string | null;
    state: string;
  } | null;
  lines: { at: string; text: string }[];
}

interface TraceOptions {
  settings: Pick<Settings, 'site' | 'feeds' | 'channels'>;
  now: number;
}

/** `of`: an article's id or address, a source's name for it, a reading's id. Null when nothing is known of it. */
export async function viewTrace(ledger: Ledger, of: string, options: TraceOptions): Promise<TraceView | null> {
  const article = (await ledger.articles.get(of)) ?? (await ledger.articles.byClue(of));
  if (article) return viewArticle(ledger, article, options);
  const [reading] = await ledger.sources.findReadings(of);
  if (!reading) return null;
  const articleId = (await ledger.holds.articlesOf([reading.id])).get(reading.id);
  const became = articleId === undefined ? null : await ledger.articles.get(articleId);
  return became ? viewArticle(ledger, became, options) : viewReading(reading, options);
}

async function viewArticle(ledger: Ledger, article: StoredArticle, options: TraceOptions): Promise<TraceView> {
  const { settings, now } = options;
  const { id, headline, url, revision, state } = article;
  const deliveries = await ledger.deliveries.list({ articleIds: [id], limit: 1000 });
  const attempts = await Promise.all(deliveries.map((row) => ledger.deliveries.attempts(row.id)));
  const feeds = await readFeedStandings([article], settings.feeds, ledger);
  const lines = traceArticle(
    {
      article,
      readings: (await ledger.sources.readingsOf(id)).map(toldReading),
      events: await ledger.articles.events(id),
      photos: await ledger.photos.forArticles([id]),
      deliveries,
      attempts: attempts.flat(),
      feeds: feeds.get(id) ?? [],
      channels: settings.channels.map((channel) => channel.id),
    },
    { now, zone: settings.site.timezone },
  );
  const stop = await ledger.switches.stopped();
  if (stop) lines.push({ at: now, text: stopHeadline(stop, settings.site.timezone) });
  return { article: { id, headline, url, revision, state }, reading: null, lines: lines.map(lineView) };
}

function viewReading(reading: Reading, { settings, now }: TraceOptions): TraceView {
  const told = toldReading(reading);
  const telling = { now, zone: settings.site.timezone };
  const lines = [...readingLines(told, telling), { at: now, text: readingStanding(told, telling) }];
  const { id, sourceId, externalId, title, url, state } = told;
  return {
    article: null,
    reading: { id, source: sourceId, externalId, title, url, state },
    lines: lines.map(lineView),
  };
}

const lineView = ({ at, text }: TraceLine) => ({ at: new Date(at).toISOString(), text });
