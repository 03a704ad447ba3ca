import { setTimeout as wait } from 'node:timers/promises';

/** Asks again and again until the answer is true; what a test waits for is an event elsewhere, not a time. */
export async function until(holds: () => unknown, { within = 30_000, what = 'it' } = {}): Promise<void> {
  const end = performance.now() + within;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`${what} did not happen within ${within / 1000} s`);
    await wait(20);
  }
}
