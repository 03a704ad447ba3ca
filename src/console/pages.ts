/** Every page, with its address and what it reads. */

import { type Draft, toDecide } from '#src/console/approval.ts';
import { articlePage, type Story } from '#src/console/article-page.ts';
import { boardPage } from '#src/console/board-page.ts';
import { type FeedView, type FormatName, feedPage, feedsPage } from '#src/console/feeds-page.ts';
import { type Looking, telling } from '#src/console/looking.ts';
import { newsroomPage } from '#src/console/newsroom-page.ts';
import { notFoundPage } from '#src/console/not-found-page.ts';
import { readArticles, readNewsroom } from '#src/console/read-newsroom.ts';
import { renewScript } from '#src/console/renew.ts';
import { signInPage } from '#src/console/sign-in-page.ts';
import { markSvg, style } from '#src/console/style.ts';
import { chooseWords } from '#src/console/words.ts';
import type { ShownDelivery } from '#src/core/decisions.ts';
import type { Delivery } from '#src/core/delivery.ts';
import type { Page, Pages, Visitor } from '#src/core/page.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Clock } from '#src/core/tools.ts';
import { traceArticle } from '#src/core/trace.ts';
import type { AlertStore } from '#src/stores/alerts.ts';
import { feedArticles } from '#src/stores/feed-articles.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { toldReading } from '#src/stores/sources.ts';

export interface PagesDeps {
  settings: Settings;
  ledger: Ledger;
  alerts: Pick<AlertStore, 'open'>;
  clock: Clock;
  /** A delivery with its very post. */
  show(deliveryId: string): Promise<ShownDelivery | null>;
  formats: readonly FormatName[];
}

const boardPosts = 50;

export function createPages(deps: PagesDeps): Pages {
  const { settings, ledger, clock, formats } = deps;
  const { site } = settings;
  const look = (visitor: Visitor): Looking => {
    const words = chooseWords(visitor.languages, site.language);
    return { words, visitor, site, now: clock.now(), zone: site.timezone, dates: words.dates };
  };
  const notFound = async (visitor: Visitor) => notFoundPage(settings, formats, look(visitor));

  const pages: Page[] = [
    {
      path: '/console',
      operator: true,
      async respond(_, visitor) {
        const looking = look(visitor);
        return newsroomPage(await readNewsroom(deps, looking.words.story), looking);
      },
    },
    {
      path: '/console/articles/:id',
      operator: true,
      async respond({ id = '' }, visitor) {
        const looking = look(visitor);
        const story = isId(id) ? await readStory(id, deps, looking) : null;
        return story ? articlePage(story, settings.channels, looking) : notFound(visitor);
      },
    },
    {
      path: '/feeds',
      operator: false,
      async respond(_, visitor) {
        const views = await Promise.all(settings.feeds.map((feed) => readFeed(feed.id, 3, deps)));
        const found = views.filter((view) => view !== null);
        return feedsPage(found, settings, formats, look(visitor));
      },
    },
    {
      path: '/feeds/:id',
      operator: false,
      async respond({ id = '' }, visitor) {
        const view = await readFeed(id, null, deps);
        if (!view) return notFound(visitor);
        const photos = await ledger.photos.forArticles(view.articles.map((article) => article.id));
        return feedPage(view, photos, settings, formats, look(visitor));
      },
    },
    {
      path: '/board/:id',
      operator: true,
      async respond({ id = '' }, visitor) {
        const channel = settings.channels.find((one) => one.id === id && one.kind === 'board');
        if (!channel) return notFound(visitor);
        return boardPage(id, await ledger.board.list(id, boardPosts), look(visitor));
      },
    },
    asset('/assets/console.css', 'text/css', style),
    asset('/assets/renew.js', 'text/javascript', renewScript),
    asset('/assets/mark.svg', 'image/svg+xml', markSvg),
  ];
  return { pages, signIn: async (visitor, notice) => signInPage(settings, notice, look(visitor)), notFound };
}

function asset(path: string, type: string, body: string): Page {
  const answer = { status: 200, contentType: `${type}; charset=utf-8`, body };
  return { path, operator: false, respond: async () => answer };
}

/** Ids as they are minted; anything else is not looked up. */
const isId = (id: string) => /^[0-9a-z]{1,40}$/.test(id);

async function readFeed(id: string, limit: number | null, { settings, ledger }: PagesDeps): Promise<FeedView | null> {
  const feed = settings.feeds.find((one) => one.id === id);
  if (!feed) return null;
  const articles = await ledger.articles.list(feedArticles({ ...feed, items: limit ?? feed.items }));
  return { feed, state: await ledger.feeds.state(id), articles };
}

async function readStory(id: string, deps: PagesDeps, looking: Looking): Promise<Story | null> {
  const { settings, ledger } = deps;
  const article = await ledger.articles.get(id);
  if (!article) return null;
  const [view] = await readArticles([article], settings, ledger, looking.words.story);
  const { photos, deliveries, feeds } = view!;
  const events = await ledger.articles.events(id);
  const attempts = (await Promise.all(deliveries.map((delivery) => ledger.deliveries.attempts(delivery.id)))).flat();
  const channels = settings.channels.map((channel) => channel.id);
  const readings = (await ledger.sources.readingsOf(id)).map(toldReading);
  const input = { article, readings, events, photos, deliveries, attempts, feeds, channels };
  return { view: view!, lines: traceArticle(input, telling(looking)), drafts: await readDrafts(deliveries, deps) };
}

async function readDrafts(deliveries: readonly Delivery[], { show }: PagesDeps): Promise<Draft[]> {
  const shown = await Promise.all(toDecide(deliveries).map(({ id }) => show(id)));
  return shown.flatMap((one) =>
    one?.post && one.revision ? [{ ...one, post: one.post, revision: one.revision }] : [],
  );
}
