/** One forked child, seen from the parent. */
import { type ChildProcess, fork } from 'node:child_process';
import { finished } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import type { ChildAnswer, ChildRequest } from '#src/photos/request.ts';

export interface PhotoChild {
  readonly pid: number;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  /** One at a time. Null when the child ends first. */
  ask(request: ChildRequest): Promise<ChildAnswer | null>;
  /** Lets it end by itself. */
  dismiss(): void;
  /** Ends it now, in the middle of a picture too. */
  kill(): void;
}

/** Starts a child. It gets no more of the environment than a program needs to run: no secrets, no settings. */
export function startChild(): PhotoChild {
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)), [], {
    env: bareEnvironment(),
    execArgv: ['--max-old-space-size=128', '--max-semi-space-size=2'],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = endOf(child);
  return {
    pid: child.pid ?? 0,
    ended,
    ask: (request) => ask(child, ended, request),
    dismiss: () => {
      if (child.connected) child.disconnect();
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

function bareEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'LD_LIBRARY_PATH', 'NODE_COMPILE_CACHE'];
  const environment = Object.fromEntries(
    kept.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])),
  );
  // One arena: heaps of their own for threads kept 15 MB more, for no speed.
  return { ...environment, MALLOC_ARENA_MAX: '1', NODE_NO_WARNINGS: '1' };
}

/** Not by its `close` event: that never comes once the parent has closed the channel. */
async function endOf(child: ChildProcess): Promise<string> {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-1000);
  });
  const [how] = await Promise.all([exitOf(child), child.stderr && finished(child.stderr).catch(() => {})]);
  const error = said.split('\n').find((line) => /error/i.test(line));
  return error ? `${how}: ${error.trim()}` : how;
}

function exitOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

async function ask(child: ChildProcess, ended: Promise<string>, request: ChildRequest): Promise<ChildAnswer | null> {
  const answer = Promise.withResolvers<ChildAnswer>();
  child.once('message', answer.resolve as (message: unknown) => void);
  // A child that is gone is told by `ended`; the error of sending to it adds nothing.
  child.send(request, () => {});
  const result = await Promise.race([answer.promise, ended.then(() => null)]);
  child.off('message', answer.resolve as (message: unknown) => void);
  return result;
}
