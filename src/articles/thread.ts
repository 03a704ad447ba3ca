/** The thread itself: says that it is ready, then answers one request after another. */
import { parentPort } from 'node:worker_threads';
import { readWithSigns } from '#src/articles/read.ts';
import type { ReadAnswer, ReadRequest } from '#src/articles/reading-thread.ts';
import { messageOf } from '#src/core/errors.ts';

parentPort?.on('message', ({ raw, context }: ReadRequest) => parentPort?.postMessage(answerTo(raw, context)));
parentPort?.postMessage('ready');

function answerTo(...[raw, context]: Parameters<typeof readWithSigns>): ReadAnswer {
  try {
    return { kind: 'read', ...readWithSigns(raw, context) };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}
