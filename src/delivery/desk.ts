/** The newsroom's own hands: what it posted itself is not posted a second time. */
import type { OwnPosts } from '#src/channels/channel.ts';
import { isSentByHand } from '#src/core/age.ts';
import type { Remote } from '#src/core/delivery.ts';
import { messageOf } from '#src/core/errors.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { listOwnPosts, withAddress, withoutOthers } from '#src/delivery/own-posts.ts';
import { deskTimeout } from '#src/delivery/times.ts';
import { unknownTries, type Work } from '#src/delivery/work.ts';

export const postedByHand = 'already posted by hand';

/** The post with the article's address that somebody wrote on the account; null when there is none, or nobody can tell. */
export async function deskPost(work: Work, deps: DeliveryDeps): Promise<Remote | null> {
  const { delivery, channel, attempts } = work;
  const { deskWindow } = deps.settings.guards;
  if (!channel.find || deskWindow <= 0 || delivery.op !== 'create' || isSentByHand(delivery)) return null;
  if (unknownTries(attempts).length > 0) return null;
  try {
    const since = deps.clock.now() - deskWindow;
    const { posts } = await recentPosts(work, since, deps);
    const linked = withAddress(work, posts).filter(({ at }) => at >= since);
    const [found] = await withoutOthers(work, linked, deps);
    return found ? { id: found.id, url: found.url } : null;
  } catch (error) {
    const told = { channelId: work.settings.id, deliveryId: delivery.id };
    deps.log.debug(`the account's own posts could not be looked at: ${messageOf(error)}`, told);
    return null;
  }
}

/** Many posts that go at once ask once. */
const holds = 2000;
const lists = new WeakMap<ChannelSettings, { at: number; posts: Promise<OwnPosts> }>();

function recentPosts(work: Work, since: number, deps: DeliveryDeps): Promise<OwnPosts> {
  const now = deps.clock.now();
  const known = lists.get(work.settings);
  if (known && Math.abs(now - known.at) < holds) return known.posts;
  const posts = listOwnPosts(work, since, deps, deskTimeout);
  lists.set(work.settings, { at: now, posts });
  // What failed is asked for again by the next one.
  posts.catch(() => lists.delete(work.settings));
  return posts;
}
