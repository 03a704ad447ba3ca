/** `/api/v1/queues`: how the queues stand, and a person's hand on them. */
import { z } from 'zod';
import { UserError } from '#src/core/errors.ts';
import type { QueueControl, QueueStanding } from '#src/core/queue-standing.ts';
import type { ApiRoute } from '#src/server/deps.ts';

export interface QueuesView {
  queues: (Omit<QueueStanding, 'oldestWaitingAt' | 'oldestActiveAt'> & {
    /** ISO 8601; since when the one that waits longest could have run. */
    oldestWaiting: string | null;
    oldestActive: string | null;
  })[];
}

export type QueueAction = 'pause' | 'resume' | 'retry';

/** What was done, and how the queues stand after it. `retried` only for a retry. */
export type QueueActionView = QueuesView & { retried?: number };

export function queueRoutes(control: QueueControl): ApiRoute[] {
  const actions = ['pause', 'resume', 'retry'] as const;
  return [
    { method: 'GET', path: '/queues', run: () => viewQueues(control) },
    ...actions.map(
      (action): ApiRoute => ({
        method: 'POST',
        path: `/queues/${action}`,
        run: ({ body }) => actOnQueues(control, action, queueOf(body)),
      }),
    ),
  ];
}

export async function viewQueues(control: QueueControl, name: string | null = null): Promise<QueuesView> {
  const standings = await control.standings();
  return {
    queues: standings
      .filter((queue) => name === null || queue.name === name)
      .map(({ oldestWaitingAt, oldestActiveAt, ...queue }) => ({
        ...queue,
        oldestWaiting: iso(oldestWaitingAt),
        oldestActive: iso(oldestActiveAt),
      })),
  };
}

/** `name` null: all queues. */
export async function actOnQueues(
  control: QueueControl,
  action: QueueAction,
  name: string | null,
): Promise<QueueActionView> {
  const retried = await control[action](name);
  return { ...(await viewQueues(control, name)), ...(typeof retried === 'number' ? { retried } : {}) };
}

function queueOf(body: unknown): string | null {
  const result = z.object({ queue: z.string().max(200).nullable() }).safeParse(body);
  if (result.success) return result.data.queue;
  throw new UserError('queue: the name of a queue, or null for all of them');
}

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
