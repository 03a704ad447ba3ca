import type { Clock } from '#src/core/tools.ts';

/** Time stands until a test moves it on. */
export function manualClock(): Clock & { pass(ms: number): void; sleepers(ms: number): number } {
  let now = Date.UTC(2026, 10, 29);
  const sleeping = new Set<{ ms: number; until: number; wake: () => void }>();
  return {
    now: () => now,
    monotonic: () => now,
    sleep(ms, signal) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sleeper = { ms, until: now + ms, wake: resolve };
      sleeping.add(sleeper);
      signal?.addEventListener('abort', () => {
        sleeping.delete(sleeper);
        reject(signal.reason);
      });
      return promise;
    },
    pass(ms) {
      now += ms;
      for (const sleeper of [...sleeping].filter(({ until }) => until <= now)) {
        sleeping.delete(sleeper);
        sleeper.wake();
      }
    },
    sleepers: (ms) => [...sleeping].filter((sleeper) => sleeper.ms === ms).length,
  };
}
