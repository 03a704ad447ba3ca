/** What stands in the account's repository, whoever wrote it. */
import { nameOf, pageOf, postCollection } from '#src/channels/bluesky/address.ts';
import { resultOf } from '#src/channels/bluesky/call.ts';
import { ask } from '#src/channels/bluesky/session.ts';
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import { timeOfTid } from '#src/channels/bluesky/tid.ts';
import type { ChannelTools, OwnPost, OwnPosts } from '#src/channels/channel.ts';

const perPage = 100;
const mostPages = 5;

/** The list is ordered by keys, and ours are made when a delivery begins: its post goes out within a day, or never. */
const keysAreOlder = 25 * 3_600_000;

/** Newest first; complete unless the account wrote more than five hundred posts in that time. Throws where it cannot be read. */
export async function ownPosts(since: number, settings: BlueskySettings, tools: ChannelTools): Promise<OwnPosts> {
  const posts: OwnPost[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page++) {
    const { records, next } = await listPage(cursor, settings, tools);
    posts.push(...records.flatMap((record) => ownPost(record) ?? []).filter(({ at }) => at >= since));
    const oldest = timeOfTid(nameOf(String(records.at(-1)?.uri))?.rkey ?? '');
    if (next === null || next === cursor || (oldest !== null && oldest < since - keysAreOlder)) {
      return { posts: newestFirst(posts), complete: true };
    }
    cursor = next;
  }
  return { posts: newestFirst(posts), complete: false };
}

async function listPage(cursor: string | null, settings: BlueskySettings, tools: ChannelTools) {
  const { answer } = await ask(
    ({ did }) => {
      const query = { repo: did, collection: postCollection, limit: String(perPage), ...(cursor && { cursor }) };
      return { nsid: `com.atproto.repo.listRecords?${new URLSearchParams(query)}` };
    },
    settings,
    tools,
  );
  const { status, json } = answer;
  if (status !== 200 || !Array.isArray(json?.records)) throw new Error(resultOf(answer, tools.clock.now()).reason);
  const records: any[] = json.records;
  const next = typeof json.cursor === 'string' && records.length > 0 ? json.cursor : null;
  return { records, next };
}

function ownPost({ uri, value }: any): OwnPost | null {
  const name = nameOf(String(uri));
  const at = Date.parse(value?.createdAt);
  if (!name || Number.isNaN(at)) return null;
  const text = typeof value.text === 'string' ? value.text : '';
  return { id: uri, url: pageOf(name), at, text, links: linksOf(text, value) };
}

/** Behind words, on the card (beside a quoted post too), and as it stands in the text. */
function linksOf(text: string, { facets, embed }: any): string[] {
  const features: any[] = Array.isArray(facets) ? facets.flatMap((facet) => facet?.features ?? []) : [];
  const cards = [embed?.external?.uri, embed?.media?.external?.uri];
  const found = [...features.map((feature) => feature?.uri), ...cards, ...(text.match(/https?:\/\/\S+/gi) ?? [])];
  return [...new Set(found.filter((link): link is string => typeof link === 'string'))];
}

const newestFirst = (posts: readonly OwnPost[]) => posts.toSorted((a, b) => b.at - a.at);
