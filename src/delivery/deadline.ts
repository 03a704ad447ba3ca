import { setImmediate } from 'node:timers/promises';
import { HttpFailure } from '#src/core/errors.ts';
import type { Clock } from '#src/core/tools.ts';

interface Limits {
  clock: Clock;
  signal: AbortSignal;
  /** What runs may go on so long after `signal`, milliseconds. */
  stopAfter?: number;
}

/** Runs with one deadline over everything; ends then even when what runs does not listen to its signal. */
export async function withDeadline<T>(
  ms: number,
  { clock, signal, stopAfter = 0 }: Limits,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const done = new AbortController();
  clock.sleep(ms, done.signal).then(
    () => over.abort(new HttpFailure('timeout', `no answer within ${ms / 1000} s`, { sent: true })),
    () => {},
  );
  const stop = () => {
    if (stopAfter === 0) return over.abort(signal.reason);
    clock.sleep(stopAfter, done.signal).then(
      () => over.abort(signal.reason),
      () => {},
    );
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true, signal: done.signal });
  try {
    return await Promise.race([run(over.signal), whenAborted(over.signal)]);
  } finally {
    done.abort();
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
