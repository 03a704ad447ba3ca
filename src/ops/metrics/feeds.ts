import { age, type Figures, gauge } from '#src/ops/metrics/figures.ts';

export const feedFigures: Figures = (registry, { settings, ledger, clock }) => {
  const of = ['feed'] as const;
  const entries = gauge(registry, 'loa_feed_entries', 'Entries of the feed that is served.', of);
  const built = gauge(registry, 'loa_feed_age_seconds', 'How long ago the feed that is served was built.', of);
  const broken = gauge(registry, 'loa_feed_broken', '1 while the feed cannot be built and an older one is served.', of);
  const behind = gauge(registry, 'loa_feed_changes_waiting', 'Changes that the feed that is served does not hold.', of);
  return async () => {
    const configured = new Set(settings.feeds.map(({ id }) => id));
    const now = clock.now();
    for (const { feedId: feed, ...state } of await ledger.feeds.all()) {
      if (!configured.has(feed)) continue;
      entries.set({ feed }, state.entries);
      if (state.builtAt !== null) built.set({ feed }, age(state.builtAt, now));
      broken.set({ feed }, state.error === null ? 0 : 1);
      behind.set({ feed }, Math.max(0, state.wanted - state.built));
    }
  };
};
