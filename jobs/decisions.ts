/** What a person may decide of an article or a delivery, and the jobs that follow from it. */
import { askForFeeds } from '#jobs/ask-for-feeds.ts';
import { enqueueDelivery } from '#jobs/deliver-post.ts';
import type { Deps } from '#jobs/deps.ts';
import { createSourceDecisions } from '#jobs/source-decisions.ts';
import { resumePosting, stopPosting } from '#jobs/stop-posting.ts';
import { withdraw } from '#jobs/withdraw-article.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { Decisions } from '#src/core/decisions.ts';
import { isAwaited, mostOfArticle } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import { approveByHand } from '#src/delivery/approve.ts';
import { adoptByHand, cancelByHand, retryByHand } from '#src/delivery/by-hand.ts';

export type DecisionDeps = Pick<
  Deps,
  'ledger' | 'settings' | 'channels' | 'clock' | 'jobs' | 'journal' | 'alerts' | 'delivery' | 'stopFile'
>;

export function createDecisions(deps: DecisionDeps): Decisions {
  const { articles } = deps.ledger;
  const feedIds = deps.settings.feeds.map(({ id }) => id);
  return {
    source: createSourceDecisions(deps),
    async hold(id) {
      const changed = await articles.hold(id, deps.clock.now(), feedIds);
      return followUp(id, changed, 'only a live one can be held', deps);
    },
    async release(id) {
      const changed = await articles.release(id, deps.clock.now(), feedIds);
      return followUp(id, changed, 'only a held one can be released', deps);
    },
    async withdraw(id, reason) {
      const before = await articles.get(id);
      if (before?.state === 'withdrawn') throw new UserError(`Article ${id} is withdrawn already.`);
      if (before) await withdraw({ articleId: id, reason, by: 'person' }, deps);
      return found(id, await articles.get(id));
    },
    async retry(id) {
      const row = await deps.ledger.deliveries.get(id);
      const delivery =
        row && isAwaited(row)
          ? await approveByHand(id, { by: 'a person', anyway: true }, deps.delivery)
          : await retryByHand(id, deps);
      await enqueueDelivery(delivery, deps.jobs);
      return delivery;
    },
    async approve(id, approval) {
      const delivery = await approveByHand(id, approval, deps.delivery);
      await enqueueDelivery(delivery, deps.jobs);
      return delivery;
    },
    cancel: (id) => cancelByHand(id, deps),
    adopt: (id, url) => adoptByHand(id, url, deps),
    // Each process sees it at its next gate, and within two seconds (`watch-stop`).
    stopAll: (by, reason) => stopPosting({ by, reason }, deps),
    resumeAll: (by) => resumePosting(by, deps),
  };
}

/** Feeds are built again, and what waited for the article may go. */
async function followUp(id: string, changed: boolean, rule: string, deps: DecisionDeps): Promise<StoredArticle> {
  const article = found(id, await deps.ledger.articles.get(id));
  if (!changed) throw new UserError(`Article ${id} is ${article.state}: ${rule}.`);
  await askForFeeds(deps);
  const waiting = { articleIds: [id], states: ['waiting' as const, 'retry' as const], limit: mostOfArticle };
  for (const row of await deps.ledger.deliveries.list(waiting)) await enqueueDelivery(row, deps.jobs);
  return article;
}

function found(id: string, article: StoredArticle | null): StoredArticle {
  if (article) return article;
  throw new UserError(`There is no article ${id}.`, { next: 'Their ids: loa article list' });
}
