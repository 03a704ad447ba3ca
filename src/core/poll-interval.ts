/** When a source is looked at next. */

const minute = 60_000;
const autoInterval = 2 * minute;
const longestWait = 6 * 60 * minute;

/** After a good poll: the operator's interval, or what the other side asks for where that is later. Milliseconds. */
export function nextPoll(poll: number | 'auto', now: number, notBefore: number | null): number {
  const interval = poll === 'auto' ? autoInterval : poll;
  return Math.max(now + interval, Math.min(notBefore ?? 0, now + longestWait));
}

/** After the `failures`-th failure in a row: doubling from the interval up to six hours, or as the other side asks. */
export function nextPollAfterFailure(
  poll: number | 'auto',
  now: number,
  failures: number,
  notBefore: number | null,
): number {
  const interval = poll === 'auto' ? autoInterval : poll;
  const wait = Math.min(interval * 2 ** Math.min(failures, 20), longestWait);
  return Math.max(now + wait, Math.min(notBefore ?? 0, now + longestWait));
}

const readingDelays = [10_000, minute, 5 * minute, 30 * minute, 2 * 60 * minute];

/** When an article that could not be read is tried again after `attempts` tries; null: it is left out. */
export function readingRetry(attempts: number, now: number): number | null {
  const delay = readingDelays[attempts - 1];
  return delay === undefined ? null : now + delay;
}
