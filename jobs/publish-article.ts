import { z } from 'zod';
import { askForFeeds } from '#jobs/ask-for-feeds.ts';
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { missingFormats } from '#jobs/missing-formats.ts';
import { mostOfArticle } from '#src/core/delivery.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { defineJob } from '#src/queue/job.ts';

/** The photos of a revision are done or given up: feeds and posts may show it from here on. */
export const publishArticle = defineJob({
  kind: 'publish-article',
  queue: 'publish',
  payload: z.object({ articleId: z.string(), revision: z.int() }),
  attempts: 10,
  async run({ articleId, revision }, deps: Deps): Promise<Outcome> {
    const feedIds = deps.settings.feeds.map((feed) => feed.id);
    const ready = await deps.ledger.articles.markReady(articleId, revision, deps.clock.now(), feedIds);
    if (!ready) return done;
    deps.journal.note({ kind: 'ready', articleId, revision });
    const article = await deps.ledger.articles.get(articleId);
    await deps.ledger.photos.trim(articleId, article?.photos.length ?? 0);

    await askForFeeds(deps);
    const states = ['waiting' as const];
    const deliveries = await deps.ledger.deliveries.list({ articleIds: [articleId], states, limit: mostOfArticle });
    for (const delivery of deliveries) await enqueueDelivery(delivery, deps.jobs);
    const records = await deps.ledger.photos.forArticles([articleId]);
    const unfinished = records.some((record) => missingFormats(record, deps.settings.photos).length > 0);
    if (unfinished) await deps.jobs.add({ kind: 'render-formats', payload: { articleId } });
    return done;
  },
});
