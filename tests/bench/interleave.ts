/** Measures candidates turn by turn, so that what the machine does meanwhile touches all of them alike. */

/** Gives what it measured: milliseconds, requests a second, bytes … */
export type Candidate = () => number | Promise<number>;

/**
 * The measures of every candidate, one per run, in the order of the runs. Each begins every second round, and
 * `warmups` rounds are not counted.
 */
export async function interleave<Name extends string>(
  candidates: Readonly<Record<Name, Candidate>>,
  { runs = 7, warmups = 1 }: { runs?: number; warmups?: number } = {},
): Promise<Record<Name, number[]>> {
  const names = Object.keys(candidates) as Name[];
  const measured = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < warmups + runs; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      // One candidate's garbage is not the next one's work.
      globalThis.gc?.();
      const value = await candidates[name]();
      if (round >= warmups) measured[name].push(value);
    }
  }
  return measured;
}

/** A candidate that measures how long `work` takes, in milliseconds. */
export function wallTime(work: () => unknown): Candidate {
  return async () => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
}

/** A candidate that measures the processor time of this process and its threads, in milliseconds. */
export function cpuTime(work: () => unknown): Candidate {
  return async () => {
    const start = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  };
}
