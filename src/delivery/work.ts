/** A delivery with all that is known of it. */
import type { Channel } from '#src/channels/channel.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { type Attempt, type Delivery, isAwaited } from '#src/core/delivery.ts';
import type { ChannelSettings } from '#src/core/settings.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';

export interface Work {
  delivery: Delivery;
  /** Its state before the claim. */
  before: 'waiting' | 'retry';
  article: StoredArticle;
  settings: ChannelSettings;
  channel: Channel;
  /** Those before this claim. */
  attempts: readonly Attempt[];
}

/** Null when there is nothing to do: no such row, article or channel any more, or not its time. */
export async function findWork(deliveryId: string, deps: DeliveryDeps): Promise<Work | null> {
  const { deliveries, articles } = deps.ledger;
  const delivery = await deliveries.get(deliveryId);
  // Whatever made it due: without a person's word it does not go.
  if (!delivery || delivery.dueAt === null || isAwaited(delivery)) return null;
  const before = delivery.state;
  if (before !== 'waiting' && before !== 'retry') return null;
  const configured = deps.channels.get(delivery.channelId);
  const article = await articles.get(delivery.articleId);
  if (!configured || !article) return null;
  return { delivery, before, article, ...configured, attempts: await deliveries.attempts(deliveryId) };
}

/** Stopped by a person: nothing of it goes out, and the time does not age it. */
export function isHeld({ op }: Delivery, { state }: StoredArticle): boolean {
  return state === 'held' && op !== 'withdraw';
}

/** Tries whose outcome nobody knows: the post may stand. */
export function unknownTries(attempts: readonly Attempt[]): Attempt[] {
  const unknown = [null, 'sending', 'ambiguous', 'crashed'];
  return attempts.filter(({ result }) => unknown.includes(result));
}

/** Tries that ended with their worker. */
export function crashes(attempts: readonly Attempt[]): number {
  const crashed = [null, 'sending', 'crashed', 'stopped'];
  return attempts.filter(({ result }) => crashed.includes(result)).length;
}
