import { age, type Figures, gauge } from '#src/ops/metrics/figures.ts';

export const queueFigures: Figures = (registry, { queues, clock }) => {
  const of = ['queue', 'state'] as const;
  const jobs = gauge(registry, 'loa_queue_jobs', 'Jobs of the queue, by how they stand.', of);
  const oldest = gauge(registry, 'loa_queue_oldest_job_seconds', 'How long its oldest job waits, or runs.', of);
  const paused = gauge(registry, 'loa_queue_paused', '1 while the queue is paused.', ['queue']);
  return async () => {
    const now = clock.now();
    for (const { name: queue, ...standing } of await queues.standings()) {
      for (const state of ['waiting', 'active', 'delayed', 'blocked', 'failed'] as const) {
        jobs.set({ queue, state }, standing[state]);
      }
      const { oldestWaitingAt, oldestActiveAt } = standing;
      oldest.set({ queue, state: 'waiting' }, oldestWaitingAt === null ? 0 : age(oldestWaitingAt, now));
      oldest.set({ queue, state: 'active' }, oldestActiveAt === null ? 0 : age(oldestActiveAt, now));
      paused.set({ queue }, standing.isPaused ? 1 : 0);
    }
  };
};
