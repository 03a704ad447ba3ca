/** When a source is looked at next. */

const minute = 60_000;
const autoInterval = 2 * minute;
const longestWait = 6 * 60 * minute;
/** Ten years: others tell of changes. */
const never = 10 * 365 * 24 * 60 * minute;

/** What the operator set, else what suits the kind of source. Milliseconds. */
export function pollInterval(poll: number | 'auto', kind: { pollEvery?: number | 'never' }): number {
  const { pollEvery = autoInterval } = kind;
  return poll !== 'auto' ? poll : pollEvery === 'never' ? never : pollEvery;
}

/** After a good poll: the interval, or what the other side asks for where that is later. Milliseconds. */
export function nextPoll(interval: number, now: number, notBefore: number | null): number {
  return Math.max(now + interval, Math.min(notBefore ?? 0, now + longestWait));
}

/** After the `failures`-th failure in a row: doubling from the interval up to six hours, or as the other side asks. */
export function nextPollAfterFailure(
  interval: number,
  now: number,
  failures: number,
  notBefore: number | null,
): number {
  const wait = Math.min(interval * 2 ** Math.min(failures, 20), longestWait);
  return Math.max(now + wait, Math.min(notBefore ?? 0, now + longestWait));
}

const readingDelays = [10_000, minute, 5 * minute, 30 * minute, 2 * 60 * minute];

/** When an article that could not be read is tried again after `attempts` tries; null: it is left out. */
export function readingRetry(attempts: number, now: number): number | null {
  const delay = readingDelays[attempts - 1];
  return delay === undefined ? null : now + delay;
}
