import { age, type Figures, gauge } from '#src/ops/metrics/figures.ts';

export const deliveryFigures: Figures = (registry, { settings, ledger, clock }) => {
  const of = ['channel'] as const;
  const states = gauge(registry, 'loa_deliveries', 'Deliveries, by how they stand.', ['channel', 'state']);
  const late = gauge(registry, 'loa_delivery_overdue_seconds', 'For how long the one due longest could have gone.', of);
  const paused = gauge(registry, 'loa_channel_paused', '1 while the channel is paused.', of);
  const resting = gauge(registry, 'loa_channel_resting', '1 while the channel rests after failures.', of);
  const failures = gauge(registry, 'loa_channel_failures', 'Tries on the channel that failed, in a row.', of);
  const stopped = gauge(registry, 'loa_posting_stopped', '1 while all posting is stopped (stop-all).');
  return async () => {
    const now = clock.now();
    stopped.set((await ledger.switches.stopped()) === null ? 0 : 1);
    const configured = new Set(settings.channels.map(({ id }) => id));
    for (const { channelId: channel, state, count } of await ledger.deliveries.counts()) {
      if (configured.has(channel)) states.set({ channel, state }, count);
    }
    for (const channel of configured) late.set({ channel }, 0);
    for (const { channelId: channel, since } of await ledger.figures.overdue(now)) {
      if (configured.has(channel)) late.set({ channel }, age(since, now));
    }
    for (const { channelId: channel, ...state } of await ledger.channels.all()) {
      if (!configured.has(channel)) continue;
      paused.set({ channel }, state.paused ? 1 : 0);
      resting.set({ channel }, state.openUntil !== null && state.openUntil > now ? 1 : 0);
      failures.set({ channel }, state.failures);
    }
  };
};
