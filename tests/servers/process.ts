/** A server of the tests' own: started, watched until it is ready, and gone with the process that started it. */
import { type ChildProcess, spawn } from 'node:child_process';

export interface ServerProcess {
  child: ChildProcess;
  /** Sends the signal and resolves once the server has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export interface ServerCommand {
  path: string;
  args: string[];
  /** What it prints once it answers. */
  ready: RegExp;
  uid?: number;
  gid?: number;
  cwd?: string;
}

/** Rejects with everything it printed when it ends before it is ready. */
export async function startServer({ path, args, ready, ...options }: ServerCommand): Promise<ServerProcess> {
  const child = spawn(path, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  running.add(child);
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      running.delete(child);
      resolve();
    });
  });
  let said = '';
  const isReady = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-10_000);
      if (ready.test(said)) isReady.resolve();
    });
  }
  child.once('error', isReady.reject);
  void ended.then(() => isReady.reject(new Error(`${path} ended before it was ready:\n${said}`)));
  await isReady.promise;
  return {
    child,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}
