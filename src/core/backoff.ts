/** How long to wait before the next try. */

const first = 5_000;
const most = 15 * 60_000;

/** Full jitter over a doubling delay from 5 s to 15 min. `tries` made so far, from 1; `chance` in [0, 1). Milliseconds. */
export function backoff(tries: number, chance: number): number {
  const ceiling = Math.min(first * 2 ** Math.min(Math.max(tries - 1, 0), 20), most);
  // Never at once: the cause of the failure is still there.
  return Math.round(1_000 + chance * (ceiling - 1_000));
}

/** A schedule's own delay, ±10 %, so that many rows that failed together do not come back together. */
export function jittered(delay: number, chance: number): number {
  return Math.round(delay * (0.9 + 0.2 * chance));
}
