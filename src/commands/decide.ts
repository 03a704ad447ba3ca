/** Carries a person's decision out: through the worker when one runs, else on the ledger itself. */
import { createDecisions } from '#jobs/decisions.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { withDelivery } from '#src/commands/own-delivery.ts';
import { quietLog, readLedger } from '#src/commands/read-ledger.ts';
import type { Decisions } from '#src/core/decisions.ts';
import { UserError } from '#src/core/errors.ts';
import { createAlerts } from '#src/ops/alerts.ts';
import { systemClock } from '#src/ops/clock.ts';
import { createStopFile } from '#src/ops/stop-file.ts';
import type { Jobs } from '#src/queue/job.ts';

/** Without a worker nothing is queued: its sweep finds what is due when it starts. */
const noJobs: Jobs = { add: async () => {}, addFlow: async () => {} };

export interface Decision<T> {
  /** Of the API. */
  path: string;
  body?: unknown;
  decide(decisions: Decisions): Promise<T>;
}

/** `timezone`: the newsroom's, in which people are told times. */
export async function decide<T>(
  context: CommandContext,
  { path, body, decide }: Decision<T>,
): Promise<{ document: T; timezone: string }> {
  const { document, timezone } = await readLedger<T | null>(context, {
    path,
    method: 'POST',
    body: body ?? {},
    async read(ledger, settings) {
      const alerts = createAlerts({ log: quietLog(context), clock: systemClock });
      alerts.keepIn(ledger.alerts);
      const decided = await withDelivery(context, settings, ledger, (delivery) => {
        const { channels } = delivery;
        const deps = {
          ledger,
          settings,
          channels,
          clock: systemClock,
          jobs: noJobs,
          delivery,
          stopFile: createStopFile(settings.data),
        };
        return decide(createDecisions({ ...deps, alerts, journal: { note: () => {} } }));
      });
      await alerts.close();
      return decided;
    },
  });
  if (document === null) {
    throw new UserError('The running worker is of a version that cannot do this.', { next: 'Restart it.' });
  }
  return { document, timezone };
}
