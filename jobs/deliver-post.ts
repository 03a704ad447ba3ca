import { z } from 'zod';
import type { Deps } from '#jobs/deps.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { deliveryNews } from '#src/core/delivery-news.ts';
import type { Outcome } from '#src/core/outcome.ts';
import { deliverPost as deliver } from '#src/delivery/deliver.ts';
import { defineJob, type Jobs } from '#src/queue/job.ts';

const payload = z.object({ deliveryId: z.string(), channelId: z.string() });

/** One try to bring one post to its channel; the row says when the next one is due. */
export const deliverPost = defineJob({
  kind: 'deliver-post',
  queue: ({ channelId }) => `deliver-${channelId}`,
  payload,
  dedup: ({ deliveryId }) => deliveryId,
  // The row plans the tries. These are for a database that is away for a moment.
  attempts: 3,
  async run({ deliveryId, channelId }, deps: Deps, { signal }): Promise<Outcome> {
    const before = await deps.ledger.deliveries.get(deliveryId);
    const outcome = await deliver(deliveryId, { ...deps.delivery, signal });
    const row = await deps.ledger.deliveries.get(deliveryId);
    const article = row && (await deps.ledger.articles.get(row.articleId));
    if (row && article) {
      const text = deliveryNews(row, deps.settings.site.timezone);
      // A stopped channel's rows are looked at every half minute, all of them.
      const isRepeat = standsAlike(before, row);
      deps.journal.note({
        kind: 'delivery',
        articleId: row.articleId,
        headline: article.headline,
        channelId,
        text,
        isRepeat,
      });
    }
    return outcome;
  },
});

function standsAlike(before: Delivery | null, { state, reason, attempts }: Delivery): boolean {
  return before?.state === state && before.reason === reason && before.attempts === attempts;
}

/** What is urgent goes before all others of its channel. */
export function enqueueDelivery(row: Pick<Delivery, 'id' | 'channelId' | 'urgent'>, jobs: Jobs): Promise<void> {
  const payload = { deliveryId: row.id, channelId: row.channelId };
  return jobs.add({ kind: 'deliver-post', payload, behind: row.urgent ? 0 : 1 });
}
