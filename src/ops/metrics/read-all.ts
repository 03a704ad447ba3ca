import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Clock } from '#src/core/tools.ts';
import { alertFigures } from '#src/ops/metrics/alerts.ts';
import { articleFigures } from '#src/ops/metrics/articles.ts';
import { countFigures } from '#src/ops/metrics/counts.ts';
import { deliveryFigures } from '#src/ops/metrics/deliveries.ts';
import { feedFigures } from '#src/ops/metrics/feeds.ts';
import { type FigureDeps, gauge } from '#src/ops/metrics/figures.ts';
import { queueFigures } from '#src/ops/metrics/queues.ts';
import { sourceFigures } from '#src/ops/metrics/sources.ts';
import { within } from '#src/ops/within.ts';

const patience = 3000;

const parts = {
  counts: countFigures,
  sources: sourceFigures,
  articles: articleFigures,
  feeds: feedFigures,
  deliveries: deliveryFigures,
  queues: queueFigures,
  alerts: alertFigures,
};

/** Gives what reads all metrics anew. A part that fails or takes too long is left out, and said so. */
export function createReader(deps: FigureDeps & { clock: Clock }): () => Promise<string> {
  const registry = new Registry();
  // Its default, every 10 ms, is work that an idle process would do for nothing.
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 100 });
  const works = gauge(registry, 'loa_metrics_part_up', 'Whether this part of the metrics could be read.', ['part']);
  const readers = Object.entries(parts).map(([name, make]) => {
    const own = new Registry();
    return { name, own, collect: make(own, deps) };
  });

  const readPart = async ({ name, own, collect }: (typeof readers)[number]): Promise<string> => {
    own.resetMetrics();
    const isRead = collect().then(() => true);
    const done = await within(isRead, patience, deps.clock);
    works.set({ part: name }, done ? 1 : 0);
    return done ? own.metrics() : '';
  };

  return async () => {
    const texts = await Promise.all(readers.map(readPart));
    const text = [...texts, await registry.metrics()].filter(Boolean).join('\n');
    // prom-client writes `Nan` where nothing was measured yet; the format knows `NaN`.
    return text.replace(/ Nan$/gm, ' NaN');
  };
}
