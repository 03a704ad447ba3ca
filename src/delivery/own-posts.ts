/** The account's own posts, and which of them is the one in question. */
import type { OwnPost, OwnPosts } from '#src/channels/channel.ts';
import { addressKey } from '#src/core/address-key.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { messageOf } from '#src/core/errors.ts';
import { postText } from '#src/core/length.ts';
import { mask, secretsIn } from '#src/core/mask.ts';
import { oneLine } from '#src/core/post-text.ts';
import { toldAddress } from '#src/core/told-address.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { requestTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';
import type { Work } from '#src/delivery/work.ts';

/** Throws, without secrets, where the service does not show them or not in time. Only on a channel with `find`. */
export async function listOwnPosts(
  one: ConfiguredChannel,
  since: number,
  deps: DeliveryDeps,
  within = requestTimeout,
): Promise<OwnPosts> {
  const { settings } = one.settings;
  try {
    const found = await withDeadline(within, deps, (signal) =>
      one.channel.find!(since, settings, channelTools(one, signal, deps)),
    );
    const posts = found.posts.map((post) => ({ ...post, url: toldAddress(post.url, secretsIn(settings)) }));
    return { ...found, posts };
  } catch (error) {
    throw new Error(oneLine(mask(messageOf(error), secretsIn(settings))));
  }
}

export interface Sighting {
  /** Ours: with our key, our very text, or the article's address and much of our text. */
  ours: OwnPost | null;
  /** The article's address in other words: somebody posted it by hand meanwhile. */
  byHand: OwnPost | null;
}

/** Never a post that another row acts on. */
export async function sight(work: Work, posts: readonly OwnPost[], deps: DeliveryDeps): Promise<Sighting> {
  const { delivery } = work;
  const text = delivery.post ? postText(delivery.post.segments) : '';
  const marked = posts.filter(({ key }) => key === delivery.key);
  const worded = posts.filter((post) => text !== '' && plain(post.text) === plain(text));
  // Every answer below the post leads to the article too.
  const linked = delivery.op === 'create' ? withAddress(work, posts) : [];
  const isOurs = (post: OwnPost) => soundsLike(post.text, text);
  const free = await withoutOthers(work, [...marked, ...worded, ...linked], deps);
  const keyless = free.filter(({ key }) => key === undefined || key === delivery.key);
  return {
    ours: keyless.find((post) => !linked.includes(post) || isOurs(post)) ?? null,
    byHand: free.find((post) => linked.includes(post) && !isOurs(post)) ?? null,
  };
}

/** Services leave something out of a text and cut its addresses short; most of its words stay. */
function soundsLike(shown: string, ours: string): boolean {
  const [theirs, own] = [wordsOf(shown), wordsOf(ours)];
  if (theirs.size === 0) return true;
  const shared = [...theirs].filter((word) => own.has(word)).length;
  return shared >= 0.8 * theirs.size && shared >= 0.5 * own.size;
}

function wordsOf(text: string): Set<string> {
  const bare = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/https?:\S*/gu, ' ');
  return new Set(bare.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
}

/** Those that lead to the article, however its address is written there; the oldest first. */
export function withAddress(
  { delivery, article }: { delivery: Pick<Delivery, 'post'>; article: Pick<StoredArticle, 'url'> },
  posts: readonly OwnPost[],
): OwnPost[] {
  const wanted = new Set(
    [article.url, delivery.post?.link, delivery.post?.article.url].flatMap((url) => addressKey(url ?? '')?.key ?? []),
  );
  const leads = ({ links }: OwnPost) => links.some((link) => wanted.has(addressKey(link)?.key ?? ''));
  return posts.filter(leads).sort((a, b) => a.at - b.at);
}

export async function withoutOthers(
  { delivery }: Pick<Work, 'delivery'>,
  posts: readonly OwnPost[],
  { ledger }: DeliveryDeps,
): Promise<OwnPost[]> {
  if (posts.length === 0) return [];
  const ids = posts.map(({ id }) => id);
  const taken = await ledger.deliveries.remotesOfOthers(delivery.channelId, delivery.id, ids);
  return posts.filter(({ id }) => !taken.includes(id));
}

const plain = (text: string) => text.normalize('NFC').replace(/\s+/gu, ' ').trim();
