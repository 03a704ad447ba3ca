/** `loa queue`: how the queues stand; pauses them, lets them go on, runs what failed again. */
import { type Command, type CommandContext, configOption, jsonOption, UsageError } from '#src/commands/command.ts';
import { askQueues } from '#src/commands/open-queues.ts';
import { table } from '#src/commands/table.ts';
import { formatDuration } from '#src/core/time.ts';
import { systemClock } from '#src/ops/clock.ts';
import {
  actOnQueues,
  type QueueAction,
  type QueueActionView,
  type QueuesView,
  viewQueues,
} from '#src/server/queue-routes.ts';

export const queue: Command = {
  name: 'queue',
  usage: ['queue status [--json]', 'queue pause|resume|retry [QUEUE] [--json]'],
  summary: 'shows how the queues stand; pauses one or all, lets them go on, runs failed jobs again',
  options: { config: configOption, json: jsonOption },
  async run(context) {
    const [action, name, ...rest] = context.args;
    if (action === 'status' && !name) await status(context);
    else if (isAction(action) && rest.length === 0) await act(context, action, name ?? null);
    else {
      throw new UsageError('queue needs "status", or "pause", "resume" or "retry" with or without a queue.', {
        next: 'loa help queue',
      });
    }
    return 0;
  },
};

async function status(context: CommandContext): Promise<void> {
  const document = await askQueues(context, { path: '/queues', ask: (control) => viewQueues(control) });
  tell(context, document);
}

async function act(context: CommandContext, action: QueueAction, name: string | null): Promise<void> {
  const document = await askQueues<QueueActionView>(context, {
    path: `/queues/${action}`,
    body: { queue: name },
    ask: (control) => actOnQueues(control, action, name),
  });
  if (document.retried !== undefined && !context.values['json']) context.out(retriedLine(document.retried));
  tell(context, document);
}

function tell({ out, values }: CommandContext, document: QueuesView): void {
  if (values['json']) {
    out(JSON.stringify(document, null, 2));
    return;
  }
  const now = systemClock.now();
  const rows = document.queues.map(({ name, isPaused, waiting, active, delayed, blocked, failed, oldestWaiting }) => {
    const waits = oldestWaiting === null ? '' : formatDuration(Math.max(0, now - Date.parse(oldestWaiting)));
    return [name, isPaused ? 'paused' : '', waiting, active, delayed, blocked, failed, waits];
  });
  out(table([['queue', '', 'waiting', 'active', 'later', 'blocked', 'failed', 'oldest waits'], ...rows]));
}

function retriedLine(retried: number): string {
  if (retried === 0) return 'No job has failed.\n';
  return retried === 1 ? '1 failed job runs again.\n' : `${retried} failed jobs run again.\n`;
}

function isAction(action: string | undefined): action is QueueAction {
  return action === 'pause' || action === 'resume' || action === 'retry';
}
