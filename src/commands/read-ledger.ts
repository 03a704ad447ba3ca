/** Reads the ledger: through the worker when one runs, else by opening it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '#src/commands/command.ts';
import { askWorker } from '#src/commands/worker.ts';
import { workerPlace } from '#src/commands/worker-place.ts';
import { UserError } from '#src/core/errors.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Alerts } from '#src/core/tools.ts';
import { systemClock } from '#src/ops/clock.ts';
import { createLog } from '#src/ops/log.ts';
import type { Ledger } from '#src/stores/ledger.ts';
import { type OpenLedger, openLedger } from '#src/stores/postgres/open-ledger.ts';

export interface LedgerQuestion<T> {
  /** Of the API: `/articles?limit=5`. */
  path: string;
  method?: 'GET' | 'POST';
  body?: unknown;
  timeoutMs?: number;
  /** Makes a ledger where there is none yet. */
  fresh?: true;
  /** The same answer without a worker. */
  read(ledger: Ledger, settings: Settings): Promise<T>;
}

/** `timezone`: the newsroom's, in which people are told times. */
export async function readLedger<T>(
  context: CommandContext,
  question: LedgerQuestion<T>,
): Promise<{ document: T; timezone: string }> {
  const place = await workerPlace(context);
  const { timezone } = place;
  const answer = await askWorker(place.data, question, systemClock);
  if (answer !== null) return { document: answer.document as T, timezone };
  const settings = place.settings();
  const open = question.fresh ? withLedger : withOwnLedger;
  const document = await open(context, settings, ({ ledger }) => question.read(ledger, settings));
  return { document, timezone };
}

/** Opens the ledger of these settings; a `UserError` where there is none yet. */
export async function withOwnLedger<T>(
  context: CommandContext,
  settings: Pick<Settings, 'data' | 'database'>,
  work: (opened: OpenLedger) => Promise<T>,
): Promise<T> {
  const { data, database } = settings;
  if (database === 'embedded' && !existsSync(join(data, 'db'))) {
    throw new UserError(`There is no ledger in ${data} yet.`, { next: 'Start Loa first: npm start' });
  }
  return withLedger(context, settings, work);
}

/** Opens the ledger, made where there is none, for as long as `work` takes. */
export async function withLedger<T>(
  context: CommandContext,
  { data, database }: Pick<Settings, 'data' | 'database'>,
  work: (opened: OpenLedger) => Promise<T>,
): Promise<T> {
  const opened = await openLedger({ data, database, log: quietLog(context), clock: systemClock, alerts: nobody });
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

/** What fails here is told by the command itself. */
const nobody: Alerts = { raise() {}, resolve() {} };

/** Only what a person must know goes beside a command's output. */
export function quietLog({ err }: Pick<CommandContext, 'err'>) {
  return createLog({ level: 'warn', destination: { write: (line) => err(line.trimEnd()) }, human: true });
}
