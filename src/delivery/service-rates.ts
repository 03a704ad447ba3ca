import type { RateLimit } from '#src/channels/channel.ts';
import type { Post } from '#src/core/post.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import type { Refusal } from '#src/delivery/guards.ts';
import type { Work } from '#src/delivery/work.ts';

/**
 * Takes what this request costs of all that the service allows its account, over all processes and channels: asked when
 * nothing else holds it back. Null: taken, or no such limit. Taking a post back never waits.
 */
export async function takeRates(work: Work, post: Post | null, deps: DeliveryDeps): Promise<Refusal | null> {
  const { delivery, channel, settings } = work;
  if (delivery.op === 'withdraw' && !delivery.asReply) return null;
  const { channels, rates } = deps.ledger;
  const now = deps.clock.now();
  const { facts } = await channels.state(settings.id, now);
  const limits = channel.rates?.(settings.settings, facts) ?? [];
  if (limits.length === 0) return null;
  const buckets = limits.map((limit) => ({
    account: limit.account,
    units: limit.units,
    per: limit.per,
    cost: costOf(limit, work, post),
  }));
  const until = await rates.take(buckets, now);
  return until === null ? null : { kind: 'wait', until, reason: usedUp };
}

export const usedUp = 'the service takes no more posts from this account for now';

function costOf(limit: RateLimit, { delivery }: Work, post: Post | null): number {
  return delivery.op === 'create' && post ? (limit.cost?.(post) ?? 1) : 1;
}
