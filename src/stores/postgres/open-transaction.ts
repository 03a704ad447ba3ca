/** Whether the running code is inside an open transaction: on one connection, a query beside it waits for itself. */
import { AsyncLocalStorage } from 'node:async_hooks';

/** Runs `work` as the inside of a transaction: the embedded database refuses queries that go past it. */
export async function insideTransaction<T>(work: () => Promise<T>): Promise<T> {
  const mark = { open: true };
  try {
    return await marks.run(mark, work);
  } finally {
    // What `work` left running for later (a timer, an event) is free again.
    mark.open = false;
  }
}

/** Refuses a query that would wait for the transaction around it. */
export function refuseBesideTransaction(): void {
  if (marks.getStore()?.open) {
    throw new Error('A query beside the open transaction would wait for itself: use the transaction it was given');
  }
}

const marks = new AsyncLocalStorage<{ open: boolean }>();
