import { z } from 'zod';
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { reconcilePost as reconcile } from '#src/delivery/reconcile.ts';
import { defineJob } from '#src/queue/job.ts';

/** Settles a delivery whose worker died or froze while it was being sent. */
export const reconcilePost = defineJob({
  kind: 'reconcile-post',
  queue: ({ channelId }) => `deliver-${channelId}`,
  payload: z.object({ deliveryId: z.string(), channelId: z.string() }),
  dedup: ({ deliveryId }) => deliveryId,
  attempts: 3,
  async run({ deliveryId }, deps: Deps): Promise<Outcome> {
    const outcome = await reconcile(deliveryId, deps.delivery);
    const row = await deps.ledger.deliveries.get(deliveryId);
    // Settled, it goes on as any other that is due at its time.
    if (row?.state !== 'retry') return outcome;
    await enqueueDelivery(row, deps.jobs);
    return done;
  },
});
