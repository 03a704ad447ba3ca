import { z } from 'zod';
import type { Deps } from '#jobs/deps.ts';
import { messageOf } from '#src/core/errors.ts';
import { done, type Outcome, rejected } from '#src/core/outcome.ts';
import { buildFeed as build } from '#src/feeds/build-feed.ts';
import { buildDocument } from '#src/feeds/document.ts';
import { defineJob } from '#src/queue/job.ts';
import { feedArticles } from '#src/stores/feed-articles.ts';

/** Builds every format of one feed. What changes meanwhile makes it run once more. */
export const buildFeed = defineJob({
  kind: 'build-feed',
  queue: 'feeds',
  payload: z.object({ feedId: z.string() }),
  dedup: ({ feedId }) => feedId,
  again: true,
  debounce: 200,
  attempts: 5,
  async run({ feedId }, deps: Deps): Promise<Outcome> {
    const feed = deps.settings.feeds.find((one) => one.id === feedId);
    if (!feed) return rejected(`feed ${feedId} is no longer in the settings`);
    const { wanted } = await deps.ledger.feeds.state(feedId);
    const articles = await deps.ledger.articles.list(feedArticles(feed));
    const photos = await deps.ledger.photos.forArticles(articles.map((article) => article.id));
    const photosOf = Map.groupBy(photos, (photo) => photo.articleId);
    const entries = articles.map((article) => ({ article, photos: photosOf.get(article.id) ?? [] }));

    const now = deps.clock.now();
    const articleIds = articles.map((article) => article.id);
    try {
      const { site, publicUrl } = deps.settings;
      const document = buildDocument({ feed, site, publicUrl, entries });
      await build(document, { files: deps.files, formats: deps.formats, cache: deps.entryCache });
      await buildAgainIfOvertaken(feedId, wanted, deps);
      await deps.ledger.feeds.recordBuild(feedId, { wanted, entries: entries.length, now, error: null });
      deps.alerts.resolve(`feed-${feedId}`);
      deps.journal.note({ kind: 'feed', feedId, articleIds, error: null });
    } catch (error) {
      const message = messageOf(error);
      deps.journal.note({ kind: 'feed', feedId, articleIds, error: message });
      await deps.ledger.feeds.recordBuild(feedId, { wanted: 0, entries: entries.length, now, error: message });
      deps.alerts.raise({
        cause: `feed-${feedId}`,
        message: `Feed ${feedId} could not be built: ${message}. The last good one is still served.`,
      });
      throw error;
    }
    return done;
  },
});

/** One that stood still for long (a machine asleep) wakes up after another process has built: its files are the old ones. */
async function buildAgainIfOvertaken(feedId: string, wanted: number, { ledger, jobs }: Deps): Promise<void> {
  const { built } = await ledger.feeds.state(feedId);
  if (built <= wanted) return;
  await ledger.feeds.touch([feedId]);
  await jobs.add({ kind: 'build-feed', payload: { feedId } });
}
