/** `loa backup`: a copy of the ledger, also while the worker runs. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, type CommandContext, configOption, UsageError } from '#src/commands/command.ts';
import { withOwnLedger } from '#src/commands/read-ledger.ts';
import { askWorker } from '#src/commands/worker.ts';
import { workerPlace } from '#src/commands/worker-place.ts';
import { UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { writeBackup } from '#src/stores/postgres/backup.ts';

/** A large ledger takes a while to write beside the running work. */
const workerTimeout = 600_000;

export const backup: Command = {
  name: 'backup',
  usage: ['backup FILE [--config FILE]'],
  summary: 'writes a copy of the ledger, also while Loa runs',
  options: { config: configOption },
  async run(context) {
    const [name, ...rest] = context.args;
    if (!name || rest.length > 0)
      throw new UsageError('backup needs one file name.', { next: 'loa backup loa.jsonl.gz' });
    const file = resolve(context.cwd, name);
    if (existsSync(file)) throw new UserError(`${name} is there already.`, { next: 'Name a new file.' });
    await write(context, file);
    context.out(`The ledger was written to ${name}.`);
    return 0;
  },
};

async function write(context: CommandContext, file: string): Promise<void> {
  const place = await workerPlace(context);
  const request = { path: '/backup', method: 'POST' as const, body: { file }, timeoutMs: workerTimeout };
  const answer = await askWorker(place.data, request, systemClock);
  if (answer?.document) return;
  if (answer)
    throw new UserError('The running worker is of a version that writes no backups.', { next: 'Restart it.' });
  await withOwnLedger(context, place.settings(), ({ database }) => writeBackup(database.db, file, systemClock));
}
