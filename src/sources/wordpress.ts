import { UserError } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';
import type { ArticleRef, Cursor } from '#src/core/signal.ts';
import { readPost, withBody } from '#src/sources/cms/read-post.ts';
import { watch } from '#src/sources/cms/watch.ts';
import { elsewhere } from '#src/sources/elsewhere.ts';
import type { PollResult, Source, SourceTools } from '#src/sources/source.ts';
import { categoryFilter } from '#src/sources/wordpress/categories.ts';
import { type FeedPayload, pollFeed, readFeedRef } from '#src/sources/wordpress/closed-api.ts';
import { readCursor, type WordpressCursor } from '#src/sources/wordpress/cursor.ts';
import { discoverWordpress } from '#src/sources/wordpress/discover.ts';
import { ApiClosed, findApi } from '#src/sources/wordpress/find-api.ts';
import { wordpressCms } from '#src/sources/wordpress/posts.ts';
import { type WordpressSettings, wordpressSettings } from '#src/sources/wordpress/settings.ts';

/** While the feed is read instead, the API is asked again now and then: about once an hour. */
const askAgainAfter = 30;

/** The posts of a WordPress through its own API; through its feed where the API is closed. */
export const wordpressSource: Source<WordpressSettings> = {
  kind: 'wordpress',
  settings: wordpressSettings,
  summary:
    'A WordPress site, through its API: whole texts, captions, edits and withdrawals; through its feed where the API is closed.',
  describe: ({ url }) => url,
  poll: async (cursor, settings, tools) => ({
    ...(await pollWordpress(cursor, settings, tools)),
    ...elsewhere(cursor, settings.url),
  }),
  read: readWordpress,
  discover: discoverWordpress,
};

async function pollWordpress(cursor: Cursor, settings: WordpressSettings, tools: SourceTools): Promise<PollResult> {
  const before = readCursor(cursor, settings.url);
  const isResting = before.feed !== null && before.feedPolls % askAgainAfter !== 0;
  if (isResting && settings.password === undefined) return pollFeed(before, null, settings, tools);
  try {
    return await pollApi(before, settings, tools);
  } catch (error) {
    if (!(error instanceof ApiClosed)) throw error;
    if (settings.password === undefined) {
      return isShortlyClosed(before) ? waitForApi(before, error) : pollFeed(before, error.reason, settings, tools);
    }
    throw new UserError(`The WordPress of ${settings.url} does not let Loa in (${error.reason})`, {
      next: 'Check `username`, and make a new application password in WordPress: Users, Profile, Application Passwords.',
    });
  }
}

/** A guard against robots closes an open API for minutes; a feed tells the same posts in other words. */
const isShortlyClosed = ({ state, feed, closedPolls }: WordpressCursor): boolean =>
  state !== null && feed === null && closedPolls < 2;

function waitForApi(before: WordpressCursor, { message }: ApiClosed): PollResult {
  const cursor: WordpressCursor = { ...before, closedPolls: before.closedPolls + 1 };
  const warnings = before.closedPolls === 0 ? [`${message}, which it was not before; it is asked again`] : [];
  return { refs: [], cursor: { ...cursor }, unchanged: true, notBefore: null, warnings };
}

async function pollApi(before: WordpressCursor, settings: WordpressSettings, tools: SourceTools): Promise<PollResult> {
  const look = async (api: string): Promise<PollResult> => {
    const cms = wordpressCms(api, await categoryFilter(api, settings, tools), settings, tools);
    const { refs, state, warnings, notBefore } = await watch(before.state, cms, tools);
    const cursor: WordpressCursor = { url: settings.url, api, state, feed: null, feedPolls: 0, closedPolls: 0 };
    return {
      refs: refs.map((ref) => withApi(ref, api)),
      cursor: { ...cursor },
      unchanged: refs.length === 0,
      notBefore,
      warnings: before.feed === null ? warnings : ['its API is open again', ...warnings],
    };
  };
  if (before.api === null) return look(await findApi(settings, tools));
  try {
    return await look(before.api);
  } catch (error) {
    if (!(error instanceof ApiClosed)) throw error;
    // Another form of addresses moves the API.
    const found = await findApi(settings, tools);
    if (found === before.api) throw error;
    return look(found);
  }
}

/** Where a post is asked for by its id, when it is read. */
function withApi(ref: ArticleRef, api: string): ArticleRef {
  const payload = ref.payload as object;
  return 'id' in payload ? { ...ref, payload: { ...payload, api } } : ref;
}

async function readWordpress(
  ref: ArticleRef,
  settings: WordpressSettings,
  tools: SourceTools,
): Promise<RawArticle | null> {
  const payload = ref.payload as FeedPayload | { api?: string };
  if ('feed' in payload) return readFeedRef(ref, payload, tools);
  const api = 'api' in payload && payload.api ? payload.api : settings.url;
  const raw = await readPost(ref, wordpressCms(api, {}, settings, tools));
  return raw?.kind === 'page' ? withBody(raw, settings.url, tools) : raw;
}
