/** What a `*.bench.ts` file exports: `export const benches: Bench[] = […]`. */
import type { Report } from '#tests/bench/report.ts';
import { has } from '#tests/servers/has.ts';

export interface Bench {
  /** What it measures; its lines say the same when it cannot run. */
  name: string;
  /** Programs without which it is left out. */
  needs?: readonly Parameters<typeof has>[0][];
  run(report: Report): Promise<void>;
}

/** Runs those that can run, one after the other; says which cannot, and why. */
export async function runBenches(benches: readonly Bench[], report: Report): Promise<void> {
  for (const bench of benches) {
    const missing = (bench.needs ?? []).filter((name) => !has(name));
    if (missing.length > 0) report.leaveOut(bench.name, `${missing.join(' and ')} is not on this machine`);
    else await bench.run(report);
  }
}
