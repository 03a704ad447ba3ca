import { z } from 'zod';
import { askForFeeds } from '#jobs/ask-for-feeds.ts';
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { plannedChannels } from '#jobs/finding.ts';
import { settleRef } from '#jobs/settle-ref.ts';
import type { WithdrawnBy } from '#src/core/article.ts';
import { mostOfArticle } from '#src/core/delivery.ts';
import { planWithdrawal } from '#src/core/delivery-plan.ts';
import { feedsTaking } from '#src/core/only.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { defineJob } from '#src/queue/job.ts';

/** Takes an article back: out of every feed, and off every channel that can. */
export const withdrawArticle = defineJob({
  kind: 'withdraw-article',
  queue: 'publish',
  payload: z.object({ articleId: z.string(), reason: z.string(), readingId: z.string(), stamp: z.string() }),
  dedup: ({ articleId }) => articleId,
  attempts: 10,
  async run({ articleId, reason, readingId, stamp }, deps: Deps, { signal }): Promise<Outcome> {
    await withdraw({ articleId, reason, by: 'newsroom' }, deps);
    await finishReading(readingId, stamp, deps, signal);
    return done;
  },
});

/** Also for whoever has no sources: a command without a running worker. */
type WithdrawDeps = Pick<Deps, 'ledger' | 'settings' | 'channels' | 'clock' | 'jobs' | 'journal'>;

/** Nothing happens to an article that is withdrawn already. */
export async function withdraw(
  { articleId, reason, by }: { articleId: string; reason: string; by: WithdrawnBy },
  deps: WithdrawDeps,
): Promise<void> {
  const now = deps.clock.now();
  const { articles, deliveries } = deps.ledger;
  const stored = await articles.get(articleId);
  if (!stored) return;
  const existing = await deliveries.list({ articleIds: [articleId], limit: mostOfArticle });
  const channels = await plannedChannels(deps, now);
  const planned = planWithdrawal({ stored, existing, channels, site: deps.settings.site, now });
  const feedIds = deps.settings.feeds.map((feed) => feed.id);
  if (!(await articles.withdraw({ articleId, reason, by, now }, planned, feedIds))) return;

  const rows = await deliveries.list({ articleIds: [articleId], states: ['waiting'], limit: mostOfArticle });
  deps.journal.note({
    kind: 'withdrawn',
    articleId,
    headline: stored.headline,
    reason,
    feeds: feedsTaking(stored, deps.settings.feeds),
    channels: rows.map((row) => row.channelId),
    seenAt: now,
  });
  await askForFeeds(deps);
  for (const row of rows) await enqueueDelivery(row, deps.jobs);
}

async function finishReading(id: string, stamp: string, deps: Deps, signal: AbortSignal): Promise<void> {
  const { sources } = deps.ledger;
  const reading = await sources.reading(id);
  // With another stamp it was found anew meanwhile, and is to be read for that.
  if (reading?.ref.stamp !== stamp) return;
  await sources.finishReading(id, deps.clock.now(), stamp);
  const configured = deps.sources.get(reading.sourceId);
  if (configured) await settleRef(configured, reading.ref, null, deps, signal);
}
