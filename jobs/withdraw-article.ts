import { z } from 'zod';
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { planWithdrawal } from '#src/core/delivery-plan.ts';
import { matches } from '#src/core/only.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { defineJob } from '#src/queue/job.ts';

/** Also for whoever has no queue: a command without a running worker. */
type WithdrawDeps = Pick<Deps, 'ledger' | 'settings' | 'channels' | 'clock' | 'jobs' | 'journal'>;

/** Takes an article back: out of every feed, and off every channel that can. */
export const withdrawArticle = defineJob({
  kind: 'withdraw-article',
  queue: 'publish',
  payload: z.object({ articleId: z.string(), reason: z.string(), readingId: z.string().optional() }),
  dedup: ({ articleId }) => articleId,
  attempts: 10,
  async run({ articleId, reason, readingId }, deps: WithdrawDeps): Promise<Outcome> {
    const now = deps.clock.now();
    const { articles, deliveries, sources } = deps.ledger;
    const stored = await articles.get(articleId);
    if (!stored) return done;
    const existing = await deliveries.list({ articleIds: [articleId], limit: 1000 });
    const channels = [...deps.channels.values()];
    const planned = planWithdrawal({ stored, existing, channels, site: deps.settings.site, now });
    const feedIds = deps.settings.feeds.map((feed) => feed.id);
    const changed = await articles.withdraw({ articleId, reason, now }, planned, feedIds);
    if (readingId) await sources.finishReading(readingId, now);
    if (!changed) return done;

    const rows = await deliveries.list({ articleIds: [articleId], states: ['waiting'], limit: 1000 });
    deps.journal.note({
      kind: 'withdrawn',
      articleId,
      headline: stored.headline,
      reason,
      feeds: deps.settings.feeds.filter((feed) => matches(feed.only, stored)).map((feed) => feed.id),
      channels: rows.map((row) => row.channelId),
      seenAt: now,
    });
    for (const feedId of feedIds) await deps.jobs.add({ kind: 'build-feed', payload: { feedId } });
    for (const row of rows) await enqueueDelivery(row, deps.jobs);
    return done;
  },
});
