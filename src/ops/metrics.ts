/** `/metrics` for Prometheus, in the words of the newsroom's work. */
import type { Clock } from '#src/core/tools.ts';
import type { FigureDeps } from '#src/ops/metrics/figures.ts';

export interface Metrics {
  /** Text of the Prometheus exposition format, at most five seconds old. */
  read(): Promise<{ contentType: string; text: string }>;
}

const contentType = 'text/plain; version=0.0.4; charset=utf-8';
const freshFor = 5000;

/** What makes them is loaded when somebody first asks: most newsrooms have no Prometheus, and it takes 15 MB. */
export function createMetrics(deps: FigureDeps & { clock: Clock }): Metrics {
  let reader: Promise<() => Promise<string>> | null = null;
  let last: { at: number; text: Promise<string> } | null = null;
  const readAll = async (): Promise<string> => {
    reader ??= import('#src/ops/metrics/read-all.ts').then(({ createReader }) => createReader(deps));
    return (await reader)();
  };
  return {
    async read() {
      const now = deps.clock.monotonic();
      if (!last || now - last.at >= freshFor) last = { at: now, text: readAll() };
      return { contentType, text: await last.text };
    },
  };
}
