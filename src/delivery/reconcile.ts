/** Settles what a worker left behind. */
import { done, type Outcome } from '#src/core/outcome.ts';
import { recordResult } from '#src/delivery/conclude.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { strandedAfter } from '#src/delivery/times.ts';
import type { Work } from '#src/delivery/work.ts';

export { strandedAfter };

/**
 * A row in `sending` whose lease is long over: its worker is dead or frozen. What it may have sent goes by the channel's
 * guarantee, as any unknown outcome; before the post was composed and prepared nothing can have been sent.
 */
export async function reconcilePost(deliveryId: string, deps: DeliveryDeps): Promise<Outcome> {
  const { deliveries, articles } = deps.ledger;
  const delivery = await deliveries.get(deliveryId);
  if (delivery?.state !== 'sending' || (delivery.leaseUntil ?? 0) + strandedAfter > deps.clock.now()) return done;
  const configured = deps.channels.get(delivery.channelId);
  const article = await articles.get(delivery.articleId);
  if (!configured || !article) return done;

  const work: Work = { delivery, before: 'retry', article, ...configured, attempts: [] };
  const reason = 'the worker stopped while it was sending';
  return recordResult(work, { kind: nothingLeft(work) ? 'notSent' : 'ambiguous', reason }, deps, 'crashed');
}

function nothingLeft({ delivery, channel }: Work): boolean {
  if (delivery.op === 'withdraw') return false;
  return delivery.post === null || (channel.prepare !== undefined && delivery.prepared === null);
}
