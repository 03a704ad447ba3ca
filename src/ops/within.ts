import type { Clock } from '#src/core/tools.ts';

/** What `work` gives; null when it fails or takes longer than `ms`. */
export async function within<T>(work: Promise<T>, ms: number, clock: Clock): Promise<T | null> {
  const done = new AbortController();
  const late = clock.sleep(ms, done.signal).then(
    () => null,
    () => null,
  );
  try {
    return await Promise.race([work, late]);
  } catch {
    return null;
  } finally {
    done.abort();
  }
}
