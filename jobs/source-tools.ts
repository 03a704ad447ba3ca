import type { Deps } from '#jobs/deps.ts';
import type { SourceTools } from '#src/sources/source.ts';

/** What a source is handed, out of what the jobs have. */
export function sourceTools(deps: Deps, signal: AbortSignal): SourceTools {
  return {
    http: deps.sourceHttp,
    log: deps.log,
    clock: deps.clock,
    site: deps.settings.site,
    robots: deps.robots,
    signal,
  };
}
