import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Arena, openArena } from '#tests/faults/simulation/open.ts';
import { simulate } from '#tests/faults/simulation/simulation.ts';
import { failuresOf } from '#tests/faults/simulation/verdict.ts';

const batch = 10;

/** Runs from `from` to below `to`; what is wrong with one names how to repeat it. */
export function itHolds(from: number, to: number, open: () => Promise<Arena> = openArena): void {
  let arena: Arena;
  beforeAll(async () => {
    arena = await open();
  });
  afterAll(() => arena.close());

  const batches = Array.from({ length: Math.ceil((to - from) / batch) }, (_, n) => from + n * batch);
  it.each(batches)('shows nothing twice, loses nothing and hides nothing (from seed %i)', async (first) => {
    for (let seed = first; seed < Math.min(first + batch, to); seed++) {
      const verdict = await simulate(seed, await arena.fresh());
      expect(failuresOf(verdict), `npm run faults -- --only ${seed}`).toEqual([]);
    }
  });
}
