/** The reading thread, seen from the process. */
import { Worker } from 'node:worker_threads';
import type { ReadContext, ReadingSigns } from '#src/articles/draft.ts';
import type { Article } from '#src/core/article.ts';
import { messageOf } from '#src/core/errors.ts';
import type { RawArticle } from '#src/core/raw-article.ts';

export interface ReadRequest {
  raw: Exclude<RawArticle, { kind: 'gone' }>;
  context: ReadContext;
}

export type ReadAnswer = { kind: 'read'; article: Article; signs: ReadingSigns } | { kind: 'failed'; message: string };

export interface ReadingThread {
  /** False when it ends before it can read. */
  readonly ready: Promise<boolean>;
  /** Resolves when it has ended, with how. */
  readonly ended: Promise<string>;
  /** One at a time. */
  ask(request: ReadRequest): Promise<ReadAnswer | { kind: 'ended'; how: string }>;
  /** Milliseconds it has computed since it began; on a busy machine fewer than have passed. */
  worked(): Promise<number>;
  /** Ends it now, in the middle of a page too. */
  end(): Promise<unknown>;
}

/** Starts the thread. Of the environment it sees where compiled code is kept, and no secrets. */
export function startThread(): ReadingThread {
  const { NODE_COMPILE_CACHE } = process.env;
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    // It starts in half the time.
    env: NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {},
    resourceLimits: { maxOldGenerationSizeMb: 160, maxYoungGenerationSizeMb: 16 },
  });
  // A thread alone keeps no process alive.
  worker.unref();
  const ended = new Promise<string>((resolve) => {
    worker.once('error', (error) => resolve(messageOf(error)));
    worker.once('exit', (code) => resolve(`exit code ${code}`));
  });
  const next = <T>(): Promise<T> => new Promise((resolve) => worker.once('message', resolve));
  return {
    ready: Promise.race([next<unknown>().then(() => true), ended.then(() => false)]),
    ended,
    ask(request) {
      const answer = next<ReadAnswer>();
      worker.postMessage(request);
      return Promise.race([answer, ended.then((how) => ({ kind: 'ended' as const, how }))]);
    },
    async worked() {
      const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
      return (user + system) / 1000;
    },
    end: () => worker.terminate(),
  };
}
