/** What other processes cost, as Linux counts it. */
import { readFileSync } from 'node:fs';

/** Whether this system tells it at all. */
export const tellsProcessCost = process.platform === 'linux';

// The kernel's tick, 100 a second on every system Node runs on.
const tick = 10;

/** Processor time of a process and its threads so far, in milliseconds. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 13)
    .map(Number);
  return (user + system) * tick;
}

/** The most memory a process has held so far, in MB. */
export function peakMemory(pid: number): number {
  const kilobytes = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
  return Number(kilobytes) / 1024;
}
