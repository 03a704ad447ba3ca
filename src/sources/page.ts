import { messageOf, UserError } from '#src/core/errors.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { readListedPage } from '#src/sources/listed-page.ts';
import { leastPause } from '#src/sources/manners.ts';
import { findNews, findVanished, type PagePayload, stampOf } from '#src/sources/page/changes.ts';
import { earlierOf, knownOf, type ListState, type PageCursor, readBy, readCursor } from '#src/sources/page/cursor.ts';
import { discoverPages } from '#src/sources/page/discover.ts';
import { fetchListing, type ListedArticle } from '#src/sources/page/listing.ts';
import { type PageSourceSettings, pageSettings } from '#src/sources/page/settings.ts';
import { forbiddenPages } from '#src/sources/readable-pages.ts';
import { siteTest } from '#src/sources/same-site.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';

const minute = 60_000;
const usualInterval = 2 * minute;

/** Pages that list articles; every article is read from its own page. */
export const pageSource: Source<PageSourceSettings> = {
  kind: 'page',
  settings: pageSettings,
  summary:
    'Pages that list articles, for a site without a feed; every article is read from its page. Asked at most once a minute for each list, whatever `poll` says, unless it is on a network of one’s own.',
  describe: ({ url, urls }) => [...new Set([url, ...urls])].join(', '),
  pollEvery: usualInterval,
  poll: pollPages,
  read: (ref, { url, links }, tools) => {
    const { title, date } = (ref.payload as PagePayload | null) ?? { title: null, date: null };
    const hints = { ...(title && { headline: title }), ...(date && { publishedAt: date }) };
    return readListedPage(ref, { named: url, hints, skipLists: links === undefined }, tools);
  },
  discover: discoverPages,
};

interface Look {
  articles: ListedArticle[];
  lists: Record<string, ListState>;
  failures: unknown[];
  warnings: string[];
  notBefore: number;
}

async function pollPages(cursor: Cursor, settings: PageSourceSettings, tools: SourceTools): Promise<PollResult> {
  const urls = [...new Set([settings.url, ...settings.urls])];
  const before = readCursor(cursor);
  const now = tools.clock.now();
  const pause = await leastPause(urls, tools);
  const interval = Math.max(usualInterval, pause);
  if (before && now < before.askedAt + pause) {
    return { refs: [], cursor: before, unchanged: true, notBefore: before.askedAt + pause, interval, warnings: [] };
  }
  const { articles, lists, failures, warnings, notBefore } = await lookAt(urls, before, settings, tools);
  if (failures.length === urls.length) throw failures[0];

  const { forbidden, warnings: kept } = await forbiddenPages(
    articles.map(({ url }) => url),
    settings.url,
    true,
    tools,
  );
  const readable = articles.filter(({ url }) => !forbidden.has(url));
  const refs = [...findNews(readable, before ? knownOf(before) : new Map()), ...vanishedOf(before, lists)];
  const next: PageCursor = { askedAt: now, lists, earlier: earlierOf(before, lists) };
  return {
    refs,
    cursor: { ...next },
    unchanged: refs.length === 0,
    ...(before && !urls.some((url) => Object.hasOwn(before.lists, url)) && { anew: true }),
    notBefore: Math.max(notBefore, now + pause),
    interval,
    warnings: [...warnings, ...kept, ...failures.map(tellFailure)],
  };
}

/** One after another: a site is asked one thing at a time. */
async function lookAt(
  urls: readonly string[],
  before: PageCursor | null,
  settings: PageSourceSettings,
  tools: SourceTools,
): Promise<Look> {
  const look: Look = { articles: [], lists: {}, failures: [], warnings: [], notBefore: 0 };
  const isOurs = await siteTest(...urls, tools.site.url);
  for (const url of urls) {
    const known = before?.lists[url];
    try {
      const found = await fetchListing(url, known, settings, isOurs, tools);
      const { articles, validators, hash, movedTo } = found;
      const listed = articles?.map((article) => ({ id: article.id, url: article.url, stamp: stampOf(article) }));
      look.lists[url] = { by: readBy(settings), validators, hash, listed: listed ?? known?.listed ?? [] };
      // What stood in a list before it was watched is not news.
      if (known || !before) look.articles.push(...(articles ?? []));
      look.notBefore = Math.max(look.notBefore, found.notBefore ?? 0);
      if (movedTo) look.warnings.push(`the list has moved for good to ${movedTo}; change its address in the settings`);
    } catch (error) {
      if (tools.signal.aborted) throw error;
      look.failures.push(error);
      if (known) look.lists[url] = known;
    }
  }
  const ids = new Set<string>();
  look.articles = look.articles.filter(({ id }) => !ids.has(id) && ids.add(id));
  return look;
}

/** Of one list; the others go on. */
function tellFailure(error: unknown): string {
  const next = error instanceof UserError ? error.next : null;
  return next ? `${messageOf(error)}. ${next}` : messageOf(error);
}

function vanishedOf(before: PageCursor | null, lists: Readonly<Record<string, ListState>>): ArticleRef[] {
  const present = new Set(Object.values(lists).flatMap(({ listed }) => listed.map(({ id }) => id)));
  return Object.entries(before?.lists ?? {}).flatMap(([url, state]) => {
    const current = lists[url];
    return current ? findVanished(state, current, present) : [];
  });
}
