/**
 * Newsrooms, services and workers under a virtual clock, each from one number: `npm run faults -- --seeds 10000`.
 * `--from N`: begin there. `--only SEED`: that one, with its story. `--threads N`: one for each core when left out.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import type { Answer } from '#tests/faults/simulation/run-seeds.ts';
import { tellSeed } from '#tests/faults/simulation/tell-seed.ts';
import { addUp, failuresOf, noTotals, verdictLine } from '#tests/faults/simulation/verdict.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '0' },
    only: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

if (values.only !== undefined) {
  const isWell = await tellSeed(Number(values.only), console.log);
  process.exitCode = isWell ? 0 : 1;
} else {
  process.exitCode = (await runSeeds(Number(values.from), Number(values.seeds))) ? 0 : 1;
}

async function runSeeds(from: number, count: number): Promise<boolean> {
  const threads = Math.max(1, Math.min(Number(values.threads), count));
  let totals = noTotals;
  let told = Date.now();
  const take = ({ seed, verdict, failure }: Answer): void => {
    totals = addUp(totals, verdict);
    const failures = failure === null ? failuresOf(verdict) : [failure];
    if (failures.length > 0) {
      totals.failed += 1;
      for (const line of failures) console.log(`seed ${seed}: ${line}`);
      console.log(`  repeat it: npm run faults -- --only ${seed}`);
    }
    if (Date.now() - told < 5_000) return;
    told = Date.now();
    console.log(`${totals.seeds} of ${count} seeds, ${totals.failed} failed`);
  };
  await Promise.all(
    Array.from({ length: threads }, (_, n) => runThread({ from: from + n, to: from + count, step: threads }, take)),
  );
  console.log(verdictLine(totals));
  return totals.failed === 0 && totals.seeds === count;
}

function runThread(workerData: { from: number; to: number; step: number }, take: (answer: Answer) => void) {
  return new Promise<void>((resolve, reject) => {
    const thread = new Worker(new URL('./simulation/run-seeds.ts', import.meta.url), { workerData });
    thread.on('message', take);
    thread.on('error', reject);
    thread.on('exit', () => resolve());
  });
}
