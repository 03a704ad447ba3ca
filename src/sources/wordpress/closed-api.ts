/** A WordPress whose API is closed is watched through its feed. */
import { messageOf, UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { externalId } from '#src/sources/cms/post.ts';
import { feedSource } from '#src/sources/feed.ts';
import type { PollResult, SourceTools } from '#src/sources/source.ts';
import type { WordpressCursor } from '#src/sources/wordpress/cursor.ts';
import type { WordpressSettings } from '#src/sources/wordpress/settings.ts';

/** What the feed made of an entry, and what it calls it. */
export interface FeedPayload {
  feed: { url: string; externalId: string; payload: unknown };
}

/** `closed`: how the API answered; null while it is not asked. */
export async function pollFeed(
  before: WordpressCursor,
  closed: string | null,
  settings: WordpressSettings,
  tools: SourceTools,
): Promise<PollResult> {
  const { url } = settings;
  const [address, result] = await firstFeed(before, settings, closed, tools);
  const cursor: WordpressCursor = { ...before, feed: result.cursor, feedPolls: before.feedPolls + 1 };
  const warning = `the API of ${url} is closed (${closed}); its feed ${address} is read instead, which shows fewer articles and not every edit`;
  // What was read through the API is not read again in the feed's words.
  const known = new Set(before.feed === null ? before.state?.known.map(([id]) => externalId(id)) : []);
  return {
    refs: result.refs.map((ref) => toPostRef(ref, address)).filter((ref) => !known.has(ref.externalId)),
    cursor: { ...cursor },
    unchanged: result.unchanged,
    notBefore: result.notBefore,
    ...(result.interval !== undefined && { interval: result.interval }),
    warnings: before.feed === null ? [warning, ...result.warnings] : result.warnings,
  };
}

/** Pretty, or as sites without pretty addresses have it (https://developer.wordpress.org/advanced-administration/wordpress/feeds/). */
async function firstFeed(
  before: WordpressCursor,
  { url, categories }: WordpressSettings,
  closed: string | null,
  tools: SourceTools,
): Promise<[string, PollResult]> {
  const site = new URL(url.endsWith('/') ? url : `${url}/`);
  const known = typeof before.feed?.['url'] === 'string' ? before.feed['url'] : null;
  const plain = new URL('?feed=rss2', site);
  if (categories.length > 0) plain.searchParams.set('category_name', categories.join(','));
  const usual = categories.length > 0 ? [plain.href] : [new URL('feed/', site).href, plain.href];
  const addresses = known !== null && usual.includes(known) ? [known] : usual;
  let failure: unknown;
  for (const address of addresses) {
    try {
      return [address, await feedSource.poll(before.feed, feedSource.settings.parse({ url: address }), tools)];
    } catch (error) {
      if (!(error instanceof UserError) || before.feed !== null) throw error;
      failure ??= error;
    }
  }
  throw new UserError(
    `${url} shows its posts neither through an API (${closed}) nor in a feed: ${messageOf(failure)}`,
    {
      next: 'Check that the site is a WordPress; where it is closed, give `username` and an application password.',
      cause: failure,
    },
  );
}

/** The feed names a post by an address that holds its number: the id it has in the API. */
function toPostRef(ref: ArticleRef, url: string): ArticleRef {
  const number = /[?&]p=(\d+)\b/.exec(ref.externalId)?.[1];
  const payload: FeedPayload = { feed: { url, externalId: ref.externalId, payload: ref.payload } };
  return { ...ref, externalId: number ? externalId(number) : ref.externalId, payload };
}

export function readFeedRef(ref: ArticleRef, { feed }: FeedPayload, tools: SourceTools): Promise<RawArticle | null> {
  const own: ArticleRef = { ...ref, externalId: feed.externalId, payload: feed.payload };
  return feedSource.read(own, feedSource.settings.parse({ url: feed.url }), tools);
}
