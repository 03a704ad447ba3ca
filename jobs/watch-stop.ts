import type { Deps } from '#jobs/deps.ts';
import { sweepDue } from '#jobs/sweep.ts';
import { type KeptStop, type Stop, stopHeadline } from '#src/core/stop.ts';

const cause = 'stop-all';

/**
 * Looks whether all posting is stopped, each time it is called: says so with an alert while it is, and sets going what
 * waited as soon as it is over, whoever ended it and from wherever.
 */
export function createStopWatch(deps: Deps): () => Promise<void> {
  /** Null: not looked yet. */
  let wasStopped: boolean | null = null;
  return async () => {
    // The ledger before the file: whoever ends a stop removes the file first.
    const inLedger = await deps.ledger.switches.stopped().catch(() => undefined);
    const file = await deps.stopFile.read();
    // Without the ledger nothing is sent either, and whoever has trouble with it says so.
    const stop = inLedger === undefined ? (file ?? undefined) : await agree(inLedger, file, deps);
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

/** What was stopped while the ledger was away is told to it; what was ended elsewhere is ended here. */
async function agree(inLedger: Stop | null, file: KeptStop | null, deps: Deps): Promise<Stop | null> {
  if (!file) return inLedger;
  if (!inLedger && file.inLedger) {
    await deps.stopFile.remove();
    return null;
  }
  if (inLedger && file.inLedger) return inLedger;
  const { by, reason } = file;
  const stop = inLedger ?? (await deps.ledger.switches.stop({ by, reason, now: deps.clock.now() }));
  await deps.stopFile.write({ ...stop, inLedger: true });
  return stop;
}
