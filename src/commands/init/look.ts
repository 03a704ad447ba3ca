/** A site looked at: what it says of itself, every way to watch it, and its last articles by the best. */
import { type FrontPage, fetchFrontPage } from '#src/commands/init/front-page.ts';
import { sourceId } from '#src/commands/init/plan.ts';
import { type GuessedSite, guessSite, siteSettings, withArticles } from '#src/commands/init/site.ts';
import { findWays, type Trial, tryWays, type Way } from '#src/commands/init/ways.ts';
import { isFeed } from '#src/commands/read-target.ts';
import { type Reader, siteOf } from '#src/commands/reader.ts';
import { UserError } from '#src/core/errors.ts';
import { createRobots } from '#src/sources/robots.ts';
import type { SourceTools } from '#src/sources/source.ts';

export interface Look {
  page: FrontPage;
  site: GuessedSite;
  /** Of the source. */
  id: string;
  ways: Way[];
  trials: Trial[];
}

/** Throws `UserError` where the site itself cannot be looked at. */
export async function lookAtSite(
  addresses: readonly string[],
  reader: Reader,
  tell: (line: string) => void,
): Promise<Look> {
  const tools: SourceTools = {
    http: reader.http,
    log: reader.log,
    clock: reader.clock,
    signal: reader.signal,
    site: siteOf(reader),
    // A person waits, and no queue could bring a page back later.
    robots: createRobots({ ...reader, patience: 60_000 }),
  };
  tell(`looking at ${addresses[0]} …`);
  const typed = await fetchFrontPage(addresses, tools);
  const first = await pageOf(typed, tools);
  const isMoved = !addresses.some((address) => new URL(address).host === new URL(typed.url).host);
  const look = await lookThrough(first, reader, tools, tell);
  const front = new URL('/', first.page.url).href;
  if (look.trials.at(-1)?.failure === null || first.page.url === front) return isMoved ? moved(look, addresses) : look;
  // A section's page may name nothing where the front page does.
  tell(`looking at ${front} …`);
  const page = await fetchFrontPage([front], tools).catch(() => null);
  const other = page && (await lookThrough({ page, feed: first.feed }, reader, tools, tell));
  return other?.trials.at(-1)?.failure === null ? other : look;
}

function moved(look: Look, [typed = '']: readonly string[]): Look {
  const url = { ...look.site.url, why: `where ${typed} leads` };
  return { ...look, site: { ...look.site, url } };
}

async function lookThrough(
  { page, feed }: { page: FrontPage; feed: Way | null },
  reader: Reader,
  tools: SourceTools,
  tell: (line: string) => void,
): Promise<Look> {
  const guessed = guessSite(page);
  const id = sourceId(page.url);
  const found = await findWays(page, { ...tools, site: siteSettings(guessed) }, tell);
  const ways =
    feed === null ? found : [feed, ...found.filter(({ settings }) => settings['url'] !== feed.settings['url'])];
  const trials = await tryWays(ways, { id, site: siteSettings(guessed), reader }, tell);
  const site = withArticles(guessed, languagesOf(trials));
  if (site === guessed) return { page, site, id, ways, trials };
  // In another language than it seemed: read by that language's profile.
  const again = await tryWays(ways, { id, site: siteSettings(site), reader }, tell);
  return { page, site, id, ways, trials: again };
}

/** The address may be a feed's own: then it is the first way, and the site's front page says the rest. */
async function pageOf(typed: FrontPage, tools: SourceTools): Promise<{ page: FrontPage; feed: Way | null }> {
  if (!isFeed(typed.html, typed.contentType)) {
    if (/<(?:html|head|body|title|div|p|a|script)\b/i.test(typed.html)) return { page: typed, feed: null };
    throw new UserError(`${typed.url} does not answer with a web page (${typed.contentType ?? 'no content type'}).`, {
      next: 'Give the address of the site’s front page, or of its feed.',
    });
  }
  const feed: Way = {
    kind: 'feed',
    settings: { url: typed.url },
    found: 'the feed at the address that was given',
    guesses: {},
    needs: null,
  };
  const { origin } = new URL(typed.url);
  const front = await fetchFrontPage([`${origin}/`], tools).catch(() => null);
  return { page: front ?? { ...typed, url: `${origin}/`, html: '' }, feed };
}

function languagesOf(trials: readonly Trial[]): string[] {
  return trials.at(-1)?.articles.map(({ article }) => article.language) ?? [];
}
