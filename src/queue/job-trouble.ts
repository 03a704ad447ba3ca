/** What can happen to a job between its queue and its worker, in words for people. */

/** Milliseconds without a sign of life after which a job counts as abandoned. */
export const lockDuration = 10_000;

const lost =
  /Missing lock|Missing key|Lock mismatch|not in the active state|is not locked|JobLockNotExist|JobNotExist/i;

/** A worker's error about one job; null when another line tells it already. */
export function explainJob(error: Error, queue: string): string | null {
  if (/^could not renew lock/.test(error.message)) return null;
  if (/stalled more than allowable limit/.test(error.message)) {
    return `a job of ${queue} was given up twice by processes that ended; what it was for is found again in the ledger`;
  }
  if (!lost.test(error.message)) return `queue ${queue}: ${error.message}`;
  return `a job of ${queue} ended after the queue had lost it; what it did is recorded, what was left is found again in the ledger`;
}

/** `kind`: of the job that runs again. */
export function runsAgain(kind: string): string {
  return `${kind} runs again: the process that had begun it ended, or gave no sign of life for ${lockDuration / 1000} s`;
}

export function lostHold(queue: string): string {
  return `jobs of ${queue} that are under way are no longer held for this process: the queue lost them, or another process took them; none does its work twice`;
}
