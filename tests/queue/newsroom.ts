/** A ledger in small with a queue for its work: what is due is added again by a sweep, and done once. */
import { z } from 'zod';
import { done } from '#src/core/outcome.ts';
import type { Clock } from '#src/core/tools.ts';
import { systemClock } from '#src/ops/clock.ts';
import type { OpenBackend } from '#src/queue/backend.ts';
import { hintsFor } from '#src/queue/hints.ts';
import { defineJob, type JobDefinition } from '#src/queue/job.ts';
import { keepSchedules } from '#src/queue/keep-schedules.ts';
import { createQueues, type Queues } from '#src/queue/queues.ts';
import { startWorkers } from '#src/queue/worker.ts';
import { type RecordingLog, recordingLog } from '#tests/fakes/log.ts';
import { until } from '#tests/fakes/until.ts';

export interface Newsroom {
  queues: Queues;
  log: RecordingLog;
  /** Writes work into the ledger and hints at it, as a poll does. */
  find(names: readonly string[]): Promise<void>;
  /** Everything in the ledger is done, each once. */
  settled(): Promise<void>;
  /** How often each was really done. */
  done: Map<string, number>;
  close(): Promise<void>;
}

/** Twenty times as fast: what looks after the queue twice a minute does so more than once a second. */
export const hastyClock: Clock = { ...systemClock, sleep: (ms, signal) => systemClock.sleep(ms / 20, signal) };

/** `gate`: each piece of work waits for it. */
export function openNewsroom(backend: OpenBackend, gate: () => Promise<void> = async () => {}): Newsroom {
  const ledger = new Map<string, 'due' | 'done'>();
  const times = new Map<string, number>();
  const log = recordingLog();
  const publish = defineJob({
    kind: 'publish',
    queue: 'publish',
    payload: z.object({ name: z.string() }),
    dedup: ({ name }) => name,
    attempts: 3,
    async run({ name }: { name: string }, _deps: null) {
      await gate();
      // The claim: whoever comes second finds it done.
      if (ledger.get(name) !== 'due') return done;
      ledger.set(name, 'done');
      times.set(name, (times.get(name) ?? 0) + 1);
      return done;
    },
  });
  const sweepDue = async (): Promise<void> => {
    for (const [name, state] of ledger) if (state === 'due') await hints.add({ kind: 'publish', payload: { name } });
  };
  const sweep = defineJob({
    kind: 'sweep',
    queue: 'sweep',
    payload: z.object({}),
    attempts: 1,
    run: async () => {
      await sweepDue();
      return done;
    },
  });
  const definitions = new Map<string, JobDefinition>([publish, sweep].map((one) => [one.kind, one as JobDefinition]));
  const names = ['publish', 'sweep'];
  const queues = createQueues({ backend, definitions, keepFailed: 60_000, names, log });
  const hints = hintsFor(queues, backend);
  const tools = { definitions, deps: null, clock: systemClock, log, signal: new AbortController().signal };
  const workers = startWorkers(
    backend,
    names.map((name) => ({ name, concurrency: 2 })),
    tools,
  );
  const schedules = keepSchedules({
    queues,
    backend,
    schedules: [{ request: { kind: 'sweep', payload: {} }, every: 500 }],
    begin: sweepDue,
    sweep: sweepDue,
    clock: hastyClock,
    log,
  });
  void schedules.check();
  return {
    queues,
    log,
    done: times,
    async find(found) {
      for (const name of found) {
        ledger.set(name, 'due');
        await hints.add({ kind: 'publish', payload: { name } });
      }
    },
    settled: () => until(() => [...ledger.values()].every((state) => state === 'done'), { what: 'all work' }),
    async close() {
      await schedules.stop();
      await workers.close(5_000);
      await queues.close();
      await backend.close();
    },
  };
}
