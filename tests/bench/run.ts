/** `npm run bench [-- NAME…]`: measures, prints one line per bar, and ends with 1 when a bar is missed. */
import { fork } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { lineOf, type Result, tableOf } from '#tests/bench/report.ts';

const folder = import.meta.dirname;
const ending = '.bench.ts';
const known = readdirSync(folder)
  .filter((file) => file.endsWith(ending))
  .map((file) => file.slice(0, -ending.length));
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${known.join(', ')}.`);
  process.exit(2);
}

console.log(machine());
const results: Result[] = [];
const broken: string[] = [];
for (const name of asked.length > 0 ? asked : known) {
  if (!(await runFile(name))) broken.push(name);
}
console.log(`\n${tableOf(results)}\n`);
for (const name of broken) console.error(`${name}: it failed, its error stands above`);
const missed = results.filter(({ verdict }) => verdict === 'MISSED');
const leftOut = results.filter(({ verdict }) => verdict === 'left out');
console.log(missed.length === 0 ? 'No bar was missed.' : `Missed: ${missed.length}.`);
if (leftOut.length > 0) console.log(`Left out: ${leftOut.length}, for the reasons above.`);
process.exitCode = missed.length > 0 || broken.length > 0 ? 1 : 0;

/** False when it ended with an error. */
function runFile(name: string): Promise<boolean> {
  const path = join(folder, `${name}${ending}`);
  const child = fork(join(folder, 'run-one.ts'), [path, name], { execArgv: ['--expose-gc'] });
  child.on('message', (result: Result) => {
    results.push(result);
    console.log(lineOf(result));
  });
  return new Promise((resolve) => child.on('exit', (code) => resolve(code === 0)));
}

function machine(): string {
  const cores = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${cores.length} cores (${cores[0]?.model ?? 'unknown'}), ${memory}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
