import type { Clock } from '#src/core/tools.ts';

export interface Deadlines {
  /** Calls `miss` after `ms`, unless the function it gives is called before. */
  set(ms: number, miss: () => void): () => void;
  /** Forgets them all. */
  close(): void;
}

/** Many deadlines of the same few lengths by one timer each: a request that ends well costs none. */
export function createDeadlines(clock: Clock): Deadlines {
  // Within a length they are due in the order they were set.
  const byLength = new Map<number, Set<{ at: number; miss: () => void }>>();
  const closing = new AbortController();

  async function watch(ms: number, set: Set<{ at: number; miss: () => void }>): Promise<void> {
    for (const first of set) {
      const left = first.at - clock.monotonic();
      if (left > 0) await clock.sleep(Math.ceil(left), closing.signal);
      if (set.delete(first)) first.miss();
    }
    byLength.delete(ms);
  }

  return {
    set(ms, miss) {
      const deadline = { at: clock.monotonic() + ms, miss };
      const others = byLength.get(ms);
      const set = others ?? new Set();
      set.add(deadline);
      if (!others) {
        byLength.set(ms, set);
        watch(ms, set).catch(() => {});
      }
      return () => void set.delete(deadline);
    },
    close() {
      closing.abort();
      byLength.clear();
    },
  };
}
