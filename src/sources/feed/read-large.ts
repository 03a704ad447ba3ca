/** A large feed is read on a thread of its own: it takes seconds, and everything else goes on meanwhile. */
import { Worker } from 'node:worker_threads';
import { messageOf, UserError } from '#src/core/errors.ts';
import { type FeedDocument, type ReadFeed, readDocument } from '#src/sources/feed/read-document.ts';
import type { SourceTools } from '#src/sources/source.ts';

export type ThreadAnswer = { kind: 'read'; feed: ReadFeed } | { kind: 'refused'; message: string; next: string | null };

/** Reading this much takes some 10 ms; starting a thread takes longer. */
const large = 512 * 1024;
const limit = 20_000;

/** As `readDocument`, which it is for most. */
export async function readFeed(
  document: FeedDocument,
  tools: Pick<SourceTools, 'clock' | 'signal'>,
): Promise<ReadFeed> {
  if (document.body.length < large) return readDocument(document);
  const before = last;
  const { promise, resolve } = Promise.withResolvers<void>();
  last = promise;
  try {
    await before;
    return await onThread(document, tools);
  } finally {
    resolve();
  }
}

// One after another, whoever asks: each may take some hundred megabytes.
let last: Promise<void> = Promise.resolve();

async function onThread(
  document: FeedDocument,
  { clock, signal }: Pick<SourceTools, 'clock' | 'signal'>,
): Promise<ReadFeed> {
  signal.throwIfAborted();
  const { NODE_COMPILE_CACHE } = process.env;
  const worker = new Worker(new URL('./thread.ts', import.meta.url), {
    env: NODE_COMPILE_CACHE ? { NODE_COMPILE_CACHE } : {},
    workerData: document,
    resourceLimits: { maxOldGenerationSizeMb: 400, maxYoungGenerationSizeMb: 32 },
  });
  const over = new AbortController();
  const stop = AbortSignal.any([over.signal, signal]);
  const tooMuch = (what: string): UserError =>
    new UserError(`${document.address} ${what}`, { next: 'Ask whoever runs the site for a feed of fewer entries.' });
  try {
    const answer = await Promise.race([
      new Promise<ThreadAnswer>((resolve, reject) => {
        worker.once('message', resolve);
        worker.once('error', (error) => reject(tooMuch(`cannot be read: ${messageOf(error)}`)));
        worker.once('exit', (code) => reject(tooMuch(`ended the thread that reads it (exit code ${code})`)));
      }),
      clock.sleep(limit, stop).then(() => {
        throw tooMuch(`takes longer than ${limit / 1000} seconds to read`);
      }),
    ]);
    if (answer.kind === 'read') return answer.feed;
    throw new UserError(answer.message, answer.next === null ? {} : { next: answer.next });
  } finally {
    over.abort();
    await worker.terminate();
  }
}
