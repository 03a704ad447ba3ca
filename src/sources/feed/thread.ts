/** The thread that reads one large feed. */
import { parentPort, workerData } from 'node:worker_threads';
import { messageOf, UserError } from '#src/core/errors.ts';
import { type FeedDocument, readDocument } from '#src/sources/feed/read-document.ts';
import type { ThreadAnswer } from '#src/sources/feed/read-large.ts';

function answerTo(document: FeedDocument): ThreadAnswer {
  try {
    return { kind: 'read', feed: readDocument(document) };
  } catch (error) {
    return { kind: 'refused', message: messageOf(error), next: error instanceof UserError ? error.next : null };
  }
}

parentPort?.postMessage(answerTo(workerData as FeedDocument));
