/** Settles what a worker left behind. */
import { done, later, type Outcome } from '#src/core/outcome.ts';
import { recordResult } from '#src/delivery/conclude.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { graceAfterLease } from '#src/delivery/times.ts';
import type { Work } from '#src/delivery/work.ts';

/**
 * A row in `sending` whose lease is over: its worker is dead or frozen. What it may have sent goes by the channel's
 * guarantee, as any unknown outcome; before the post was composed and prepared nothing can have been sent.
 */
export async function reconcilePost(deliveryId: string, deps: DeliveryDeps): Promise<Outcome> {
  const { deliveries, articles } = deps.ledger;
  const delivery = await deliveries.get(deliveryId);
  if (delivery?.state !== 'sending') return done;
  const configured = deps.channels.get(delivery.channelId);
  const article = await articles.get(delivery.articleId);
  if (!configured || !article) return done;

  const { channel, settings } = configured;
  // Where a repeat is safe nothing is lost if the other worker wakes and sends too.
  const grace = channel.guarantee(settings.settings) === 'A' ? 0 : graceAfterLease;
  const free = (delivery.leaseUntil ?? 0) + grace;
  if (free > deps.clock.now()) return later(free);

  const work: Work = { delivery, before: 'retry', article, ...configured, attempts: [] };
  const reason = 'the worker stopped while it was sending';
  return recordResult(work, { kind: nothingLeft(work) ? 'notSent' : 'ambiguous', reason }, deps, 'crashed');
}

function nothingLeft({ delivery, channel }: Work): boolean {
  if (delivery.op === 'withdraw') return false;
  return delivery.post === null || (channel.prepare !== undefined && delivery.prepared === null);
}
