/** What a reading found, and what every record of it needs. */
import type { Deps } from '#jobs/deps.ts';
import type { Article, StoredArticle } from '#src/core/article.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { burstReason, type PlannedChannel } from '#src/core/delivery-plan.ts';
import { feedsTaking } from '#src/core/only.ts';
import type { Identity } from '#src/core/reading-identity.ts';
import { plannedChannel } from '#src/delivery/planned-channel.ts';
import type { Reading } from '#src/stores/sources.ts';

export interface Finding {
  article: Article;
  identity: Identity;
  reading: Pick<Reading, 'baseline' | 'held' | 'foundAt' | 'story'>;
  /** Its page could not be read. */
  partial: boolean;
  now: number;
}

/** The channels with the moment each was first seen: what stood there before is not posted on it. */
export async function plannedChannels(deps: Pick<Deps, 'channels' | 'ledger'>, now: number): Promise<PlannedChannel[]> {
  return Promise.all(
    [...deps.channels.values()].map(async (configured) => {
      const { since } = await deps.ledger.channels.state(configured.settings.id, now);
      return plannedChannel(configured, since);
    }),
  );
}

export function announce(
  article: StoredArticle,
  changes: string[],
  deliveries: Pick<Delivery, 'channelId' | 'state' | 'reason'>[],
  deps: Pick<Deps, 'journal' | 'settings'>,
  seenAt: number,
): void {
  deps.journal.note({
    kind: 'article',
    articleId: article.id,
    revision: article.revision,
    headline: article.headline,
    // The log's line names the parts; what of the text it was, the trace tells.
    changes: [...new Set(changes.map((change) => (change === 'facts' ? 'text' : change)))],
    baseline: article.baseline,
    photos: article.photos.filter((photo) => photo.url !== null).length,
    seenAt,
    feeds: feedsTaking(article, deps.settings.feeds),
    // What waits for a person is not waited for.
    channels: deliveries
      .filter(({ state, reason }) => state === 'waiting' && reason !== burstReason(article.sourceId))
      .map(({ channelId }) => channelId),
  });
}
