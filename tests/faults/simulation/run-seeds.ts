/** One thread of many runs. */
import { parentPort, workerData } from 'node:worker_threads';
import { openArena } from '#tests/faults/simulation/open.ts';
import type { Judgement } from '#tests/faults/simulation/oracle.ts';
import { simulate } from '#tests/faults/simulation/simulation.ts';

export interface Answer {
  seed: number;
  verdict: Judgement | null;
  /** It broke off. */
  failure: string | null;
}

const { from, to, step } = workerData as { from: number; to: number; step: number };
const arena = await openArena();
for (let seed = from; seed < to; seed += step) parentPort!.postMessage(await run(seed));
await arena.close();

async function run(seed: number): Promise<Answer> {
  try {
    return { seed, verdict: await simulate(seed, await arena.fresh()), failure: null };
  } catch (error) {
    return { seed, verdict: null, failure: String(error) };
  }
}
