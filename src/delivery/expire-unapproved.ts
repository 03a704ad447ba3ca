import { ageVerdict } from '#src/core/age.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';

/** What nobody approved in time is not news any more: the waiting does not age it, but its article grows old. */
export async function expireUnapproved({ ledger, channels, settings, clock }: UnapprovedDeps): Promise<void> {
  const now = clock.now();
  for (const delivery of await ledger.deliveries.unapproved(batch)) {
    const pace = channels.get(delivery.channelId)?.settings.pace;
    const article = pace && (await ledger.articles.get(delivery.articleId));
    if (!article || article.state === 'held') continue;
    const reason = ageVerdict({ delivery, article, pace, now, zone: settings.site.timezone });
    if (reason === null) continue;
    await ledger.deliveries.move(delivery.id, ['waiting'], 'expired', { reason, now, fence: delivery.fence });
  }
}

type UnapprovedDeps = Pick<DeliveryDeps, 'channels' | 'clock'> & {
  ledger: Pick<DeliveryDeps['ledger'], 'deliveries' | 'articles'>;
  settings: Pick<DeliveryDeps['settings'], 'site'>;
};

const batch = 200;
