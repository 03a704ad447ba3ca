/** One file's benches, in a process of its own: no file finds the heap or the compiled code of another. */
import { pathToFileURL } from 'node:url';
import { type Bench, runBenches } from '#tests/bench/bench.ts';
import { createReport } from '#tests/bench/report.ts';

const [path = '', name = ''] = process.argv.slice(2);
const { benches }: { benches: readonly Bench[] } = await import(pathToFileURL(path).href);
await runBenches(
  benches,
  createReport(name, (result) => process.send?.(result)),
);
// Servers and workers that a bench forgot must not hold it up; what was sent has arrived by then.
process.disconnect?.();
process.exit(0);
