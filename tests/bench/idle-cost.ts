/** What a worker costs that has nothing to do: `loa start` as an operator runs it, with the embedded default. */
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#src/ops/clock.ts';
import type { Report } from '#tests/bench/report.ts';
import { freePort, inFolder, startLoa } from '#tests/e2e/loa.ts';

const settleMs = 25_000;
const watchMs = 7000;
const runs = 7;

export async function idleCost(report: Report): Promise<void> {
  if (process.platform !== 'linux') {
    report.leaveOut('an idle worker', 'it is read from /proc, which is only on Linux');
    return;
  }
  await inFolder(async (folder) => {
    await mkdir(join(folder, 'inbox'));
    const settings = `site: { name: Báo Thử, url: https://bao-thu.example, timezone: Asia/Ho_Chi_Minh }
listen: 127.0.0.1:${await freePort()}
sources:
  - { id: desk, kind: folder, path: ./inbox, poll: 2m }
channels:
  - { id: board, kind: board }
`;
    await writeFile(join(folder, 'loa.yaml'), settings);
    const worker = startLoa(['start', '--config', 'loa.yaml'], { cwd: folder });
    await worker.printed(/feeds/i);
    // Starting up is not idling: code is compiled and memory given back for a while.
    await systemClock.sleep(settleMs);
    const percent: number[] = [];
    const megabytes: number[] = [];
    for (let run = 0; run < runs; run++) {
      const before = treeOf(worker.child.pid!);
      await systemClock.sleep(watchMs);
      const after = treeOf(worker.child.pid!);
      percent.push(((after.cpuMs - before.cpuMs) / watchMs) * 100);
      megabytes.push(after.bytes / 1e6);
    }
    report.limit('an idle worker, of one core', { ours: percent, unit: '%', bar: { atMost: 4 } });
    report.limit('an idle worker, memory', { ours: megabytes, unit: 'MB', bar: { atMost: 250 } });
    worker.kill('SIGTERM');
    await worker.ended;
  });
}

/** Processor time and resident memory of a process and all its children, from the kernel's own count (10 ms ticks). */
function treeOf(root: number): { cpuMs: number; bytes: number } {
  const processes = readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? (statOf(Number(name)) ?? []) : []));
  const family = new Set([root]);
  // Children are younger than their parents: one pass by age finds them all.
  for (const one of processes.toSorted((a, b) => a.startedAt - b.startedAt || a.pid - b.pid)) {
    if (family.has(one.parent)) family.add(one.pid);
  }
  const own = processes.filter(({ pid }) => family.has(pid));
  return {
    cpuMs: own.reduce((sum, { ticks }) => sum + ticks * 10, 0),
    bytes: own.reduce((sum, { pages }) => sum + pages * 4096, 0),
  };
}

/** See proc(5), /proc/PID/stat; the name in brackets may hold blanks. */
function statOf(pid: number) {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .map(Number);
    const [parent, user, system, startedAt, pages] = [1, 11, 12, 19, 21].map((index) => fields[index]!);
    return { pid, parent: parent!, ticks: user! + system!, startedAt: startedAt!, pages: pages! };
  } catch {
    return null;
  }
}
