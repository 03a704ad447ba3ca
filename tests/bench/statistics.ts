/** What is said of several runs: the middle one, and how far the others lie from it. */

export interface Spread {
  median: number;
  min: number;
  max: number;
}

/** Of at least one value. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: percentile(values, 0.5), min: Math.min(...values), max: Math.max(...values) };
}

/**
 * Ratio of the medians; its spread is that of the single runs, each of ours over the peer's of the same round, so that
 * a machine that grows slower meanwhile slows both.
 */
export function ratioOf(ours: readonly number[], peer: readonly number[]): Spread {
  const { min, max } = spreadOf(ours.map((value, round) => value / peer[round]!));
  return { median: spreadOf(ours).median / spreadOf(peer).median, min, max };
}

/** `share` from 0 to 1; between two values the straight line. */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('Nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(place)]!, sorted[Math.ceil(place)]!];
  return below + (above - below) * (place - Math.floor(place));
}
