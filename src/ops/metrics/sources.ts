import { type Figures, gauge, seconds } from '#src/ops/metrics/figures.ts';

export const sourceFigures: Figures = (registry, { settings, ledger }) => {
  const of = ['source'] as const;
  const polled = gauge(registry, 'loa_source_last_poll_timestamp_seconds', 'When the source was last asked.', of);
  const reached = gauge(registry, 'loa_source_last_success_timestamp_seconds', 'When it last answered.', of);
  const next = gauge(registry, 'loa_source_next_poll_timestamp_seconds', 'When it is asked next.', of);
  const failures = gauge(registry, 'loa_source_failures', 'Polls of the source that failed, in a row.', of);
  return async () => {
    const configured = new Set(settings.sources.map(({ id }) => id));
    for (const state of await ledger.sources.all()) {
      const source = state.sourceId;
      if (!configured.has(source)) continue;
      if (state.lastPollAt !== null) polled.set({ source }, seconds(state.lastPollAt));
      if (state.lastSuccessAt !== null) reached.set({ source }, seconds(state.lastSuccessAt));
      next.set({ source }, seconds(state.nextPollAt));
      failures.set({ source }, state.failures);
    }
  };
};
