/** What a result means for the row. */
import { keepWord } from '#src/core/age.ts';
import { backoff, jittered } from '#src/core/backoff.ts';
import { channelPaused, type DeliveryState, type Remote, repeatedReason, soughtReason } from '#src/core/delivery.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { blindDoubt, historyOf, mayRepeat, showsAPost } from '#src/delivery/doubt.ts';
import { lookEvery } from '#src/delivery/times.ts';
import type { Work } from '#src/delivery/work.ts';

export interface NextState {
  state: Exclude<DeliveryState, 'waiting' | 'sending'>;
  reason: string | null;
  dueAt?: number;
  remote?: Remote;
}

/** A correction or withdrawal has no age limit to end it. */
const mostTries = 100;

/** A paused channel's rows are asked again after this. */
const pausedLook = 60_000;

interface Told {
  work: Work;
  now: number;
  /** In [0, 1): spreads the retries. */
  chance: number;
  /** The last moment at which it can have been sent; `now` when left out. */
  sentBy?: number;
  deps: DeliveryDeps;
}

export function endingOf(result: SendResult, told: Told): NextState {
  const { work, now, chance } = told;
  switch (result.kind) {
    case 'sent':
      return { state: 'sent', reason: null, remote: { id: result.id, url: result.url } };
    case 'notSent':
      return again(work, result, now, chance);
    case 'ambiguous':
      return mayRepeat(work, told.deps) ? again(work, repeated(result, work), now, chance) : inDoubt(result, told);
    case 'permanent':
      if (result.scope === 'item') return refused(work, result.reason);
      return {
        state: 'retry',
        reason: keepWord(work.delivery.reason, `${channelPaused}: ${result.reason}`),
        dueAt: now + pausedLook,
      };
  }
}

/** What is refused for good is over, unless an earlier try may stand there all the same. */
function refused(work: Work, reason: string): NextState {
  const mayStand = showsAPost(work) && historyOf(work).unknown.length > 0;
  return mayStand ? { state: 'parked', reason: blindDoubt(work, reason) } : { state: 'dead', reason };
}

/** Also where a repeat is safe, a person is told that nobody knows. */
function repeated(result: Ambiguous, work: Work): Ambiguous {
  return showsAPost(work) ? { ...result, reason: repeatedReason(result.reason) } : result;
}

type Ambiguous = Extract<SendResult, { kind: 'ambiguous' }>;

/** Looked for where the service can be read; else repeated only where the operator wants that. */
function inDoubt(result: Ambiguous, { work, now, chance, sentBy = now }: Told): NextState {
  const { channel, settings, delivery } = work;
  const { reason } = result;
  if (channel.find) {
    const told = keepWord(delivery.reason, soughtReason(reason, channel.kind));
    return { state: 'retry', reason: told, dueAt: Math.max(now, sentBy + lookEvery) };
  }
  if (settings.onUnknown === 'resend') return again(work, result, now, chance);
  return { state: 'parked', reason: blindDoubt(work, reason) };
}

function again(
  { delivery, channel }: Work,
  { reason, retryAt, tries }: { reason: string; retryAt?: number; tries?: number },
  now: number,
  chance: number,
): NextState {
  const made = delivery.attempts + 1;
  const delay = channel.retryDelay ? scheduled(channel.retryDelay(made), chance) : backoff(made, chance);
  if (delay === null || made >= (tries ?? mostTries)) {
    return { state: 'dead', reason: `${reason}. Given up after ${made} ${made === 1 ? 'try' : 'tries'}` };
  }
  const dueAt = Math.max(now + delay, retryAt ?? 0);
  return { state: 'retry', reason: keepWord(delivery.reason, reason), dueAt };
}

function scheduled(delay: number | null, chance: number): number | null {
  return delay === null ? null : jittered(delay, chance);
}
