/** Asks about the queues: through the worker when one runs, else where the settings say they are. */
import { jobs as jobKinds } from '#jobs/registry.ts';
import type { CommandContext } from '#src/commands/command.ts';
import { quietLog, withOwnLedger } from '#src/commands/read-ledger.ts';
import { askWorker } from '#src/commands/worker.ts';
import { workerPlace } from '#src/commands/worker-place.ts';
import { UserError } from '#src/core/errors.ts';
import type { QueueControl } from '#src/core/queue-standing.ts';
import type { Settings } from '#src/core/settings.ts';
import { createAlerts } from '#src/ops/alerts.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { DatabasePool } from '#src/queue/database-backend.ts';
import { createQueueControl } from '#src/queue/inspect.ts';
import { openBackend } from '#src/queue/open-backend.ts';
import { createQueues } from '#src/queue/queues.ts';
import { queuesFor, roles } from '#src/queue/roles.ts';

const refuse = async () => {
  throw new Error('the queue is not in the database');
};
const noDatabase: DatabasePool = { query: refuse, connect: refuse };

export interface QueueQuestion<T> {
  /** Of the API. With a body it is a POST. */
  path: string;
  body?: unknown;
  ask(control: QueueControl): Promise<T>;
}

export async function askQueues<T>(context: CommandContext, { path, body, ask }: QueueQuestion<T>): Promise<T> {
  const place = await workerPlace(context);
  const request = body === undefined ? { path } : { path, method: 'POST' as const, body };
  const answer = await askWorker(place.data, request, systemClock);
  if (answer?.document) return answer.document as T;
  if (answer) throw new UserError('The running worker is of a version that cannot do this.', { next: 'Restart it.' });
  const settings = place.settings();
  if (settings.queue.kind !== 'database') return withQueues(context, settings, noDatabase, ask);
  return withOwnLedger(context, settings, ({ database }) => withQueues(context, settings, database.queuePool, ask));
}

async function withQueues<T>(
  context: CommandContext,
  settings: Settings,
  queuePool: DatabasePool,
  ask: (control: QueueControl) => Promise<T>,
): Promise<T> {
  const tools = { log: quietLog(context), clock: systemClock };
  const alerts = createAlerts(tools);
  const backend = await openBackend(settings.queue, { ...tools, alerts, queuePool });
  const names = queuesFor(
    roles,
    settings.channels.map(({ id }) => id),
  ).map(({ name }) => name);
  const definitions = new Map(jobKinds.map((definition) => [definition.kind, definition]));
  const queues = createQueues({ backend, definitions, keepFailed: settings.keep.jobs, names, log: tools.log });
  try {
    // Whoever asks is then told that it is away.
    await backend.ping().catch((error) => {
      if (!backend.health.note(error)) throw error;
    });
    return await ask(createQueueControl({ queues, backend }));
  } finally {
    await queues.close();
    await backend.close();
  }
}
