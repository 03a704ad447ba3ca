/** What stands on the account, whoever wrote it. */
import type { ChannelTools, OwnPost, OwnPosts } from '#src/channels/channel.ts';
import { ownAccount } from '#src/channels/mastodon/account.ts';
import { call } from '#src/channels/mastodon/call.ts';
import { plainText } from '#src/channels/mastodon/content.ts';
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';

const perPage = 40;
const mostPages = 5;

/** Newest first; complete unless the account wrote more than two hundred in that time. Throws where the server does not show them. */
export async function ownPosts(since: number, settings: MastodonSettings, tools: ChannelTools): Promise<OwnPosts> {
  const posts: OwnPost[] = [];
  for await (const page of ownStatuses(settings, tools)) {
    posts.push(...page.flatMap((status) => ownPost(status) ?? []));
    if (posts.some(({ at }) => at < since) || page.length === 0) {
      return { posts: posts.filter(({ at }) => at >= since), complete: true };
    }
  }
  return { posts, complete: false };
}

/** The status that holds one of these photos; null without one among the newest. Throws as `ownPosts`. */
export async function statusWithMedia(
  media: ReadonlySet<string>,
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<{ id: string; url: string | null } | null> {
  const pages = ownStatuses(settings, tools);
  const { value: newest = [] } = await pages.next();
  const status = newest.find((one) => one?.media_attachments?.some(({ id }: any) => media.has(id)));
  return typeof status?.id === 'string' ? { id: status.id, url: status.url ?? null } : null;
}

/** Page by page, newest first; an empty page is the end. */
async function* ownStatuses(settings: MastodonSettings, tools: ChannelTools): AsyncGenerator<any[], void> {
  const { id } = await ownAccount(settings, tools);
  let last: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    const query = new URLSearchParams({
      limit: String(perPage),
      exclude_reblogs: 'true',
      ...(last && { max_id: last }),
    });
    const { status, json, error } = await call(
      `/api/v1/accounts/${encodeURIComponent(id)}/statuses?${query}`,
      {},
      settings,
      tools,
    );
    if (status === 403) throw new Error(`the token may not read the account's posts (403): ${readScope}`);
    if (status !== 200 || !Array.isArray(json))
      throw new Error(`the server answered ${status}${error && `: ${error}`}`);
    yield json;
    last = json.at(-1)?.id;
    if (typeof last !== 'string') return;
  }
}

const readScope = 'give its application the scope read:statuses, then copy its new token';

function ownPost({ id, url, created_at, content, card }: any): OwnPost | null {
  const at = Date.parse(created_at);
  if (typeof id !== 'string' || Number.isNaN(at)) return null;
  const { text, links } = plainText(typeof content === 'string' ? content : '');
  const all = typeof card?.url === 'string' ? [...links, card.url] : links;
  return { id, url: typeof url === 'string' ? url : null, at, text, links: [...new Set(all)] };
}
