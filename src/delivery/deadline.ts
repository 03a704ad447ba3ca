import { setImmediate } from 'node:timers/promises';
import { HttpFailure } from '#src/core/errors.ts';
import type { Clock } from '#src/core/tools.ts';

/** Runs with one deadline over everything; ends then even when what runs does not listen to its signal. */
export async function withDeadline<T>(
  ms: number,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const timer = new AbortController();
  const ends = AbortSignal.any([signal, over.signal]);
  clock.sleep(ms, timer.signal).then(
    () => over.abort(new HttpFailure('timeout', `no answer within ${ms / 1000} s`, { sent: true })),
    () => {},
  );
  try {
    return await Promise.race([run(ends), whenAborted(ends)]);
  } finally {
    timer.abort();
  }
}

async function whenAborted(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  // What runs may know better whether a byte had left: it speaks first.
  await setImmediate();
  throw signal.reason instanceof HttpFailure
    ? signal.reason
    : new HttpFailure('aborted', 'stopped while waiting for the answer', { sent: true });
}
