import type { Backend } from '#src/queue/backend.ts';
import type { Jobs } from '#src/queue/job.ts';

/**
 * Adds jobs whose cause stands in the ledger already: when the queue is away nothing fails for it, and the sweep adds
 * them again. What is wrong with a job itself is thrown.
 */
export function hintsFor(queues: Jobs, { health }: Pick<Backend, 'health'>): Jobs {
  const hint = async (add: () => Promise<void>): Promise<void> => {
    // Each would wait for an answer that does not come.
    if (health.isAway()) return;
    await add().catch((error) => {
      if (!health.note(error)) throw error;
    });
  };
  return {
    add: (request) => hint(() => queues.add(request)),
    addFlow: (flow) => hint(() => queues.addFlow(flow)),
  };
}
