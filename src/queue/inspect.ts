/** How the queues stand, and a person's hand on them; the same on every backend. */
import type { Job, JobType, Queue } from 'bullmq';
import { UserError } from '#src/core/errors.ts';
import { nearest } from '#src/core/nearest.ts';
import type { QueueControl, QueueStanding } from '#src/core/queue-standing.ts';
import type { QueueHealth } from '#src/queue/health.ts';

interface ControlDeps {
  queues: { list(): Queue[] };
  /** Where they are, for people. */
  backend: { place: string; health: Pick<QueueHealth, 'isAway'> };
}

export function createQueueControl({ queues, backend }: ControlDeps): QueueControl {
  const choose = (name: string | null): Queue[] => {
    if (backend.health.isAway()) {
      throw new UserError(`${backend.place} does not answer: the queues cannot be reached.`, {
        next: 'Ask again once it is back; the alerts and the log say what is wrong.',
      });
    }
    const all = queues.list();
    if (name === null) return all;
    const found = all.find((queue) => queue.name === name);
    if (found) return [found];
    const names = all.map((queue) => queue.name);
    const near = nearest(name, names);
    throw new UserError(`There is no queue "${name}"${near ? `: did you mean "${near}"?` : '.'}`, {
      next: `Queues: ${names.join(', ')}`,
    });
  };
  return {
    standings: async () => Promise.all(choose(null).map(standingOf)),
    async pause(name) {
      for (const queue of choose(name)) await queue.pause();
    },
    async resume(name) {
      for (const queue of choose(name)) await queue.resume();
    },
    async retry(name) {
      let retried = 0;
      for (const queue of choose(name)) retried += await retryFailed(queue);
      return retried;
    },
  };
}

async function standingOf(queue: Queue): Promise<QueueStanding> {
  const counts = await queue.getJobCounts(...waitingStates, 'active', 'delayed', 'waiting-children', 'failed');
  const count = (...states: string[]) => states.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  return {
    name: queue.name,
    isPaused: await queue.isPaused(),
    waiting: count(...waitingStates),
    active: count('active'),
    delayed: count('delayed'),
    blocked: count('waiting-children'),
    failed: count('failed'),
    oldestWaitingAt: count(...waitingStates) === 0 ? null : earliest(await oldest(queue, ...waitingStates), dueAt),
    oldestActiveAt: count('active') === 0 ? null : earliest(await oldest(queue, 'active'), startedAt),
  };
}

/** Jobs with a priority stand apart; so do, in a database, those of a paused queue, which BullMQ's types leave out. */
const waitingStates = ['waiting', 'paused', 'prioritized'] as JobType[];

/** The first few of each state: a queue hands out its oldest first, but for those with a priority. */
async function oldest(queue: Queue, ...states: JobType[]): Promise<Job[]> {
  const jobs = await Promise.all(states.map((state) => queue.getJobs([state], 0, 9, true)));
  // One that ended between two questions is given as none.
  return jobs.flat().filter((job) => job !== undefined && job !== null);
}

function earliest(jobs: readonly Job[], timeOf: (job: Job) => number): number | null {
  return jobs.length === 0 ? null : Math.min(...jobs.map(timeOf));
}

/** When it could first have run; a job that comes back counts from its last run. */
const dueAt = (job: Job): number => Math.max(job.timestamp, job.processedOn ?? 0) + (job.delay ?? 0);

const startedAt = (job: Job): number => job.processedOn ?? job.timestamp;

async function retryFailed(queue: Queue): Promise<number> {
  const failed = await queue.getFailedCount();
  if (failed > 0) await queue.retryJobs({ state: 'failed', count: 1000 });
  return failed;
}
