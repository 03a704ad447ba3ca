/** `loa restore`: a ledger from its copy. What was unsent in it waits for a person. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { chooseSettings } from '#src/commands/choose-settings.ts';
import { type Command, configOption, UsageError } from '#src/commands/command.ts';
import { withLedger } from '#src/commands/read-ledger.ts';
import { UserError } from '#src/core/errors.ts';
import { systemClock } from '#src/ops/clock.ts';
import { restoreBackup } from '#src/stores/postgres/restore.ts';

export const restore: Command = {
  name: 'restore',
  usage: ['restore FILE [--config FILE]'],
  summary: 'reads a copy of the ledger into an empty data folder; nothing old is posted',
  options: { config: configOption },
  async run(context) {
    const [name, ...rest] = context.args;
    if (!name || rest.length > 0) throw new UsageError('restore needs one file name.', { next: 'loa help restore' });
    const file = resolve(context.cwd, name);
    if (!existsSync(file)) throw new UserError(`There is no file ${name}.`);
    const { settings } = await chooseSettings(context, { startDemo: false });
    const rows = await withLedger(context, settings, ({ database }) => restoreBackup(database.db, file, systemClock));
    context.out(`Restored: ${count(rows['articles'], 'article')}, ${count(rows['deliveries'], 'delivery')}.`);
    context.out('Nothing unsent goes out by itself: loa delivery list --state parked');
    return 0;
  },
};

function count(rows = 0, word: string): string {
  return `${rows} ${rows === 1 ? word : word.replace(/y$/, 'ie').concat('s')}`;
}
