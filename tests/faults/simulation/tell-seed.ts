import { openArena } from '#tests/faults/simulation/open.ts';
import { simulate } from '#tests/faults/simulation/simulation.ts';
import { addUp, failuresOf, noTotals, verdictLine } from '#tests/faults/simulation/verdict.ts';

/** The story of one run, step by step, and its verdict. False when something is wrong with it. */
export async function tellSeed(seed: number, print: (line: string) => void): Promise<boolean> {
  const arena = await openArena();
  const story: string[] = [];
  try {
    const verdict = await simulate(seed, await arena.fresh(), { story });
    for (const line of [...story, ...failuresOf(verdict)]) print(line);
    print(verdictLine(addUp(noTotals, verdict)));
    return failuresOf(verdict).length === 0;
  } catch (error) {
    for (const line of story) print(line);
    throw error;
  } finally {
    await arena.close();
  }
}
