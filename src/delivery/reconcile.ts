/** Settles what a worker left behind. */
import { done, later, type Outcome } from '#src/core/outcome.ts';
import { concludeLook, recordCrash } from '#src/delivery/conclude.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { failedLook } from '#src/delivery/look.ts';
import { graceAfterLease } from '#src/delivery/times.ts';
import type { Work } from '#src/delivery/work.ts';

/**
 * A row in `sending` whose lease is over: its worker is dead or frozen. What it may have sent goes by the channel's
 * guarantee, as any unknown outcome; before the last gate nothing can have been sent.
 */
export async function reconcilePost(deliveryId: string, deps: DeliveryDeps): Promise<Outcome> {
  const { deliveries, articles } = deps.ledger;
  const delivery = await deliveries.get(deliveryId);
  if (delivery?.state !== 'sending') return done;
  const configured = deps.channels.get(delivery.channelId);
  const article = await articles.get(delivery.articleId);
  if (!configured || !article) return done;

  const attempts = await deliveries.attempts(deliveryId);
  const own = attempts.find(({ number }) => number === delivery.fence);
  const { channel, settings } = configured;
  const looked = own?.result === 'looked';
  const passed = own?.result === 'sending';
  // Where a repeat is safe nothing is lost if the other worker wakes and sends too; before the gate it cannot any more.
  const mayWake = passed && channel.guarantee(settings.settings) !== 'A';
  const leaseUntil = delivery.leaseUntil ?? 0;
  const free = leaseUntil + (mayWake ? graceAfterLease : 0);
  const now = deps.clock.now();
  if (free > now) return later(free);

  const before = attempts.filter(({ number }) => number !== delivery.fence);
  const work: Work = { delivery, before: 'retry', article, ...configured, attempts: before };
  if (!looked) return recordCrash(work, passed, deps);
  const [next, look] = failedLook(work, 'the worker stopped while it was looking', now);
  return concludeLook(work, next, { ...look, leaseUntil }, deps);
}
