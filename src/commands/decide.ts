/** Carries a person's decision out: through the worker when one runs, else on the ledger itself. */
import { configuredChannels } from '#jobs/configured-channels.ts';
import { createDecisions } from '#jobs/decisions.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { readLedger } from '#src/commands/read-ledger.ts';
import type { Decisions } from '#src/core/decisions.ts';
import { UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { Jobs } from '#src/queue/job.ts';

/** Without a worker nothing is queued: its sweep finds what is due when it starts. */
const noJobs: Jobs = { add: async () => {}, addFlow: async () => {} };

export interface Decision<T> {
  /** Of the API. */
  path: string;
  body?: unknown;
  decide(decisions: Decisions): Promise<T>;
}

export async function decide<T>(context: CommandContext, { path, body, decide }: Decision<T>): Promise<T> {
  const { document } = await readLedger<T | null>(context, {
    path,
    method: 'POST',
    body: body ?? {},
    read: (ledger, settings) => {
      const deps = { ledger, settings, channels: configuredChannels(settings), clock: systemClock, jobs: noJobs };
      return decide(createDecisions({ ...deps, journal: { note: () => {} } }));
    },
  });
  if (document === null) {
    throw new UserError('The running worker is of a version that cannot do this.', { next: 'Restart it.' });
  }
  return document;
}
