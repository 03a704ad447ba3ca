import { z } from 'zod';
import type { Deps } from '#jobs/deps.ts';
import type { Outcome } from '#src/core/outcome.ts';
import { reconcilePost as reconcile } from '#src/delivery/reconcile.ts';
import { defineJob } from '#src/queue/job.ts';

/** Settles a delivery whose worker died or froze while it was being sent. */
export const reconcilePost = defineJob({
  kind: 'reconcile-post',
  queue: ({ channelId }) => `deliver-${channelId}`,
  payload: z.object({ deliveryId: z.string(), channelId: z.string() }),
  dedup: ({ deliveryId }) => deliveryId,
  attempts: 3,
  run: ({ deliveryId }, deps: Deps): Promise<Outcome> => reconcile(deliveryId, deps.delivery),
});
