import type { Clock } from '#src/core/tools.ts';

export interface ManualClock extends Clock {
  /** Moves the time on and wakes whoever's sleep is over. */
  advance(ms: number): void;
  set(now: number): void;
  /** How many sleep that were asked to sleep so long. */
  sleepers(ms: number): number;
}

/** A clock that only a test moves. */
export function manualClock(start = Date.UTC(2026, 10, 25, 8)): ManualClock {
  let now = start;
  const sleepers = new Set<{ ms: number; at: number; wake: () => void }>();
  const wakeDue = () => {
    for (const sleeper of [...sleepers]) if (sleeper.at <= now) sleeper.wake();
  };
  return {
    now: () => now,
    monotonic: () => now,
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const sleeper = { ms, at: now + ms, wake: () => end(resolve) };
        const abort = () => end(() => reject(signal?.reason));
        const end = (settle: () => void) => {
          sleepers.delete(sleeper);
          signal?.removeEventListener('abort', abort);
          settle();
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', abort, { once: true });
      });
    },
    advance(ms) {
      now += ms;
      wakeDue();
    },
    sleepers: (ms) => [...sleepers].filter((sleeper) => sleeper.ms === ms).length,
    set(time) {
      now = time;
      wakeDue();
    },
  };
}
