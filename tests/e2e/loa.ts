/** Runs the real command as a user would, and waits on what it prints. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../..');

export interface Running {
  child: ChildProcess;
  /** Everything printed so far, both streams. */
  output(): string;
  /** Resolves with the first match; rejects with all output when the process ends before. */
  printed(pattern: RegExp): Promise<RegExpExecArray>;
  /** Resolves with the exit code, or the signal's name. */
  ended: Promise<number | string>;
  kill(signal: NodeJS.Signals): void;
}

export interface Finished {
  code: number | string;
  stdout: string;
  stderr: string;
}

/** Below a test's own limit, which would not say what was printed instead. Milliseconds. */
const patience = 150_000;

/** Each with the folder it runs in. */
const running = new Map<ChildProcess, string>();
// A test that ran out of time never comes to its end.
process.on('exit', () => {
  for (const child of running.keys()) child.kill('SIGKILL');
});

/** `cwd` is where `data/` and relative paths begin. */
export function startLoa(args: string[], options: { cwd: string; env?: Record<string, string> }): Running {
  const child = spawn(process.execPath, [join(root, 'loa.mjs'), ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.set(child, options.cwd);
  let text = '';
  const watchers = new Set<() => void>();
  const take = (chunk: Buffer): void => {
    text += chunk.toString();
    for (const watcher of watchers) watcher();
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => {
      running.delete(child);
      resolve(signal ?? code ?? 0);
    });
  });

  const printed = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        watchers.delete(look);
        clearTimeout(limit);
      };
      const limit = setTimeout(() => {
        stop();
        reject(new Error(`did not print ${pattern} within ${patience / 1000} s:\n${text}`));
      }, patience);
      const look = (): void => {
        const found = pattern.exec(text);
        if (!found) return;
        stop();
        resolve(found);
      };
      watchers.add(look);
      look();
      void ended.then((how) => {
        stop();
        reject(new Error(`ended (${how}) before it printed ${pattern}:\n${text}`));
      });
    });

  return { child, output: () => text, printed, ended, kill: (signal) => void child.kill(signal) };
}

/** Runs a command to its end. */
export async function loa(args: string[], options: { cwd: string; env?: Record<string, string> }): Promise<Finished> {
  const child = spawn(process.execPath, [join(root, 'loa.mjs'), ...args], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code: signal ?? code ?? 0, stdout, stderr }));
  });
}

/** A folder of its own that is gone after `work`, with every process that was started and still runs. */
export async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'loa-e2e-'));
  try {
    await work(folder);
  } finally {
    for (const [child, cwd] of running) {
      if (cwd !== folder) continue;
      const closed = new Promise((resolve) => child.once('close', resolve));
      child.kill('SIGKILL');
      await closed;
    }
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** A port nobody listens on now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
