import { z } from 'zod';
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { tellForgottenPosts } from '#jobs/forgotten-posts.ts';
import { tellForgottenHolds } from '#jobs/hold-back.ts';
import { enqueuePublication } from '#jobs/publication.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { expireUnapproved } from '#src/delivery/expire-unapproved.ts';
import { leaseTime } from '#src/delivery/times.ts';
import { defineJob } from '#src/queue/job.ts';

const batch = 200;

/** Between the clocks of two machines; milliseconds. */
const clockSlack = 60_000;

/** Finds everything in the ledger that is due and has no job, whatever became of the queue. */
export const sweep = defineJob({
  kind: 'sweep',
  queue: 'sweep',
  payload: z.object({}),
  attempts: 1,
  async run(_payload, deps: Deps): Promise<Outcome> {
    await sweepDue(deps);
    return done;
  },
});

/** The sweep itself; also run once at start, so that a restart goes on at once. */
export async function sweepDue(deps: Deps): Promise<void> {
  const { sources, articles, deliveries, feeds, subscriptions } = deps.ledger;
  const { jobs, settings } = deps;
  const now = deps.clock.now();

  for (const state of await sources.all()) {
    if (state.nextPollAt > now || !deps.sources.has(state.sourceId)) continue;
    await jobs.add({ kind: 'poll-source', payload: { sourceId: state.sourceId } });
  }
  for (const { sourceId } of await subscriptions.due(now, batch)) {
    await jobs.add({ kind: 'subscribe-hub', payload: { sourceId } });
  }
  await tellForgottenHolds(deps);
  await tellForgottenPosts(deps);
  // What a source that was taken out of the settings left behind would fill every round.
  const configured = [...deps.sources.keys()];
  for (const reading of await sources.dueReadings(now, batch, configured)) {
    await jobs.add({ kind: 'read-article', payload: { readingId: reading.id } });
  }
  for (const reading of await sources.dueLooks(now, batch, configured)) {
    await jobs.add({ kind: 'look-again', payload: { readingId: reading.id } });
  }
  for (const { id, revision } of await articles.unready(now - 30_000, batch)) {
    const article = await articles.revision(id, revision);
    // A new round every two minutes at most: photos that are still being made have their own flow.
    if (article) await enqueuePublication(article, jobs, Math.floor(now / 120_000));
  }
  for (const state of await feeds.all()) {
    const isConfigured = settings.feeds.some((feed) => feed.id === state.feedId);
    if (isConfigured && state.wanted > state.built)
      await jobs.add({ kind: 'build-feed', payload: { feedId: state.feedId } });
  }
  await expireUnapproved(deps);
  for (const row of await deliveries.due(now, batch)) {
    if (deps.channels.has(row.channelId)) await enqueueDelivery(row, jobs);
  }
  await deliveries.shortenClaims(now + leaseTime + clockSlack, now + leaseTime);
  for (const row of await deliveries.stranded(now, batch)) {
    if (!deps.channels.has(row.channelId)) continue;
    await jobs.add({ kind: 'reconcile-post', payload: { deliveryId: row.id, channelId: row.channelId } });
  }
}
