/** The thread itself: says that it is ready, then answers one request after another. */
import { parentPort } from 'node:worker_threads';
import { readArticle } from '#src/articles/read.ts';
import type { ReadAnswer, ReadRequest } from '#src/articles/reading-thread.ts';
import { messageOf } from '#src/core/errors.ts';

parentPort?.on('message', ({ raw, context }: ReadRequest) => parentPort?.postMessage(answerTo(raw, context)));
parentPort?.postMessage('ready');

function answerTo(...[raw, context]: Parameters<typeof readArticle>): ReadAnswer {
  try {
    return { kind: 'read', article: readArticle(raw, context) };
  } catch (error) {
    return { kind: 'failed', message: messageOf(error) };
  }
}
