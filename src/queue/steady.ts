import { setTimeout as wait } from 'node:timers/promises';
import type { BackendFactory, IQueueBackend } from 'bullmq';

/**
 * A worker asks for its next job again at once when that failed: 16,000 times a second of a Redis that is full. Here an
 * answer that is an error takes a second, unless the worker is to stop.
 */
export function steady<B extends IQueueBackend, C>(factory: BackendFactory<B, C>, pause = 1000): BackendFactory<B, C> {
  return (...args) => {
    const backend = factory(...args);
    let stopping = new AbortController();
    const slowly = <A extends unknown[], R>(ask: (...args: A) => Promise<R>) => {
      return async (...args: A): Promise<R> => {
        try {
          return await ask.apply(backend, args);
        } catch (error) {
          await wait(pause, undefined, { signal: stopping.signal }).catch(() => {});
          throw error;
        }
      };
    };
    const { disconnectBlocking, reconnectBlocking } = backend;
    backend.moveToActive = slowly(backend.moveToActive);
    backend.waitForJob = slowly(backend.waitForJob);
    backend.disconnectBlocking = (...args) => {
      stopping.abort();
      return disconnectBlocking.apply(backend, args);
    };
    backend.reconnectBlocking = () => {
      if (stopping.signal.aborted) stopping = new AbortController();
      return reconnectBlocking.apply(backend);
    };
    return backend;
  };
}
