/** How the running worker stands, in one document. */
import type { DeliveryState } from '#src/core/delivery.ts';
import type { Stop } from '#src/core/stop.ts';
import type { ServerDeps } from '#src/server/deps.ts';
import type { Alert } from '#src/stores/alerts.ts';
import type { FeedState } from '#src/stores/feeds.ts';

export interface Status {
  now: number;
  publicUrl: string;
  articles: number;
  sources: {
    id: string;
    lastPollAt: number | null;
    lastSuccessAt: number | null;
    nextPollAt: number | null;
    failures: number;
    error: string | null;
  }[];
  feeds: FeedState[];
  channels: { id: string; paused: boolean; pausedReason: string | null }[];
  deliveries: { channelId: string; state: DeliveryState; count: number }[];
  alerts: Alert[];
  /** Null while posts go out. */
  stopped: Stop | null;
}

export async function readStatus({ settings, ledger, alerts, clock }: Omit<ServerDeps, 'pages'>): Promise<Status> {
  const sourceStates = new Map((await ledger.sources.all()).map((state) => [state.sourceId, state]));
  const channelStates = new Map((await ledger.channels.all()).map((state) => [state.channelId, state]));
  return {
    now: clock.now(),
    publicUrl: settings.publicUrl,
    articles: await ledger.articles.count(),
    sources: settings.sources.map(({ id }) => {
      const state = sourceStates.get(id);
      return {
        id,
        lastPollAt: state?.lastPollAt ?? null,
        lastSuccessAt: state?.lastSuccessAt ?? null,
        nextPollAt: state?.nextPollAt ?? null,
        failures: state?.failures ?? 0,
        error: state?.lastError ?? null,
      };
    }),
    feeds: await ledger.feeds.all(),
    channels: settings.channels.map(({ id }) => {
      const state = channelStates.get(id);
      return { id, paused: state?.paused ?? false, pausedReason: state?.pausedReason ?? null };
    }),
    deliveries: await ledger.deliveries.counts(),
    alerts: await alerts.open(),
    stopped: await ledger.switches.stopped(),
  };
}
