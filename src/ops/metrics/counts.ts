import { Counter, type Registry } from 'prom-client';
import type { Figures } from '#src/ops/metrics/figures.ts';

const counters = {
  polls: ['loa_polls_total', 'Polls of a source, by whether anything changed.', ['source', 'outcome']],
  pushes: [
    'loa_pushes_total',
    'What senders and hubs told of a source, by what became of it.',
    ['source', 'via', 'outcome'],
  ],
  revisions: ['loa_revisions_total', 'Articles that were new, changed or withdrawn.', ['change']],
  photos: ['loa_photo_jobs_total', 'Photos that were rendered or left out.', ['outcome']],
  feed_builds: ['loa_feed_builds_total', 'Builds of a feed, by how they ended.', ['feed', 'outcome']],
  attempts: ['loa_delivery_attempts_total', 'Tries to bring a post to its channel.', ['channel', 'op', 'result']],
} as const;

/** Since the ledger was made, by all processes. */
export const countFigures: Figures = (registry, { ledger, tally }) => {
  const made = new Map(Object.entries(counters).map(([name, counter]) => [name, newCounter(registry, counter)]));
  return async () => {
    await tally.flush();
    const counts = await ledger.counts.all();
    // Nothing is awaited between the two: an earlier look that came late must not count twice.
    registry.resetMetrics();
    for (const { name, labels, value } of counts) made.get(name)?.inc(labels, value);
  };
};

function newCounter(registry: Registry, [name, help, labelNames]: (typeof counters)[keyof typeof counters]) {
  return new Counter<string>({ name, help, labelNames: [...labelNames], registers: [registry] });
}
