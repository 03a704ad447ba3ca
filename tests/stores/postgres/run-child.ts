import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** Starts a script of `children/` as a process of its own. */
export function runChild(name: string, ...args: string[]) {
  const script = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout! })[Symbol.asyncIterator]();
  const ended = once(child, 'exit');
  return {
    /** The next line it prints. */
    async line(): Promise<string> {
      const { value, done } = await lines.next();
      if (done) throw new Error(`${name} ended early`);
      return value;
    },
    /** As `kill -9` does; gives what it had printed that was not read yet. */
    async kill(): Promise<string[]> {
      child.kill('SIGKILL');
      await ended;
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      return rest;
    },
  };
}
