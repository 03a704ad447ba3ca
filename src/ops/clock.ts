import { setTimeout as wait } from 'node:timers/promises';
import type { Clock } from '#src/core/tools.ts';

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: (ms, signal) => wait(ms, undefined, signal ? { signal } : {}),
};
