import type { Deps } from '#jobs/deps.ts';
import { sweepDue } from '#jobs/sweep.ts';
import { stopHeadline } from '#src/core/stop.ts';

const cause = 'stop-all';

/**
 * Looks whether all posting is stopped, each time it is called: says so with an alert while it is, and sets going what
 * waited as soon as it is over, whoever ended it and from wherever.
 */
export function createStopWatch(deps: Deps): () => Promise<void> {
  /** Null: not looked yet. */
  let wasStopped: boolean | null = null;
  return async () => {
    // Without the ledger nothing is sent either, and whoever has trouble with it says so.
    const stop = await deps.ledger.switches.stopped().catch(() => undefined);
    if (stop === undefined) return;
    const before = wasStopped;
    wasStopped = stop !== null;
    if (stop && !before) {
      const message = stopHeadline(stop, deps.settings.site.timezone);
      const next = 'Nothing reaches any channel until: npx --no-install loa resume-all';
      deps.alerts.raise({ cause, message, next });
    }
    if (!stop && before !== false) deps.alerts.resolve(cause);
    if (!stop && before) await sweepDue(deps);
  };
}
