/** What each part of the metrics is handed, and how it makes its own. */
import { Gauge, type Registry } from 'prom-client';
import type { QueueControl } from '#src/core/queue-standing.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Clock } from '#src/core/tools.ts';
import type { AlertStore } from '#src/stores/alerts.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface FigureDeps {
  settings: Pick<Settings, 'sources' | 'feeds' | 'channels'>;
  ledger: Ledger;
  alerts: Pick<AlertStore, 'open'>;
  queues: Pick<QueueControl, 'standings'>;
  /** So that what this process counted is among the counts. */
  tally: { flush(): Promise<void> };
  clock: Clock;
}

/** Makes its metrics once; gives what fills them in anew. */
export type Figures = (registry: Registry, deps: FigureDeps) => () => Promise<void>;

export function gauge<T extends string = never>(
  registry: Registry,
  name: string,
  help: string,
  labelNames: readonly T[] = [],
): Gauge<T> {
  return new Gauge({ name, help, labelNames: [...labelNames], registers: [registry] });
}

/** Milliseconds, as Prometheus wants them. */
export const seconds = (ms: number): number => ms / 1000;

/** How long ago, in seconds; a clock that was set back makes nothing younger than now. */
export const age = (since: number, now: number): number => seconds(Math.max(0, now - since));
