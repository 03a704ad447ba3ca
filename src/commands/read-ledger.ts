/** Reads the ledger: through the worker when one runs, else by opening it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { chooseSettings } from '#src/commands/choose-settings.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { askWorker } from '#src/commands/worker.ts';
import { UserError } from '#src/core/errors.ts';
import type { Settings } from '#src/core/settings.ts';
import { systemClock } from '#src/ops/clock.ts';
import { createLog } from '#src/ops/log.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { type OpenLedger, openLedger } from '#src/stores/postgres/open-ledger.ts';

export interface LedgerQuestion<T> {
  /** Of the API: `/articles?limit=5`. */
  path: string;
  method?: 'GET' | 'POST';
  body?: unknown;
  /** The same answer without a worker. */
  read(ledger: Ledger, settings: Settings): Promise<T>;
}

/** `timezone`: the newsroom's, in which people are told times. */
export async function readLedger<T>(
  context: CommandContext,
  question: LedgerQuestion<T>,
): Promise<{ document: T; timezone: string }> {
  const { settings } = await chooseSettings(context, { startDemo: false });
  const { timezone } = settings.site;
  const answer = await askWorker(settings.data, question, systemClock);
  if (answer !== null) return { document: answer.document as T, timezone };
  const document = await withOwnLedger(context, settings, ({ ledger }) => question.read(ledger, settings));
  return { document, timezone };
}

/** Opens the ledger of these settings; a `UserError` where there is none yet. */
export async function withOwnLedger<T>(
  context: CommandContext,
  { data }: Pick<Settings, 'data'>,
  work: (opened: OpenLedger) => Promise<T>,
): Promise<T> {
  if (!existsSync(join(data, 'db'))) {
    throw new UserError(`There is no ledger in ${data} yet.`, { next: 'Start Loa first: npm start' });
  }
  return withLedger(context, data, work);
}

/** Opens the ledger in `data`, made where there is none, for as long as `work` takes. */
export async function withLedger<T>(
  context: CommandContext,
  data: string,
  work: (opened: OpenLedger) => Promise<T>,
): Promise<T> {
  const opened = await openLedger({ data, log: quietLog(context), clock: systemClock });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** Only what a person must know goes beside a command's output. */
export function quietLog({ err }: Pick<CommandContext, 'err'>) {
  return createLog({ level: 'warn', destination: { write: (line) => err(line.trimEnd()) }, human: true });
}
