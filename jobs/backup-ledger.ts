import { z } from 'zod';
import type { Deps } from '#jobs/deps.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { defineJob } from '#src/queue/job.ts';

/** Writes the hourly backup of the ledger. */
export const backupLedger = defineJob({
  kind: 'backup-ledger',
  queue: 'sweep',
  payload: z.object({}),
  attempts: 3,
  backoff: 60_000,
  async run(_payload, deps: Deps): Promise<Outcome> {
    await deps.backup();
    return done;
  },
});
