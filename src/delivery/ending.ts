/** What a result means for the row. */
import { keepWord } from '#src/core/age.ts';
import { backoff, jittered } from '#src/core/backoff.ts';
import { channelPaused, type DeliveryState, type Remote } from '#src/core/delivery.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Work } from '#src/delivery/work.ts';

export interface NextState {
  state: Extract<DeliveryState, 'sent' | 'retry' | 'parked' | 'dead'>;
  reason: string | null;
  dueAt?: number;
  remote?: Remote;
}

/** A correction or withdrawal has no age limit to end it. */
const mostTries = 100;

/** A paused channel's rows are asked again after this. */
const pausedLook = 60_000;

/** `chance` in [0, 1) spreads the retries. */
export function endingOf(work: Work, result: SendResult, now: number, chance: number): NextState {
  switch (result.kind) {
    case 'sent':
      return { state: 'sent', reason: null, remote: { id: result.id, url: result.url } };
    case 'notSent':
      return again(work, result, now, chance);
    case 'ambiguous':
      return mayRepeat(work) ? again(work, result, now, chance) : inDoubt(work, result.reason);
    case 'permanent':
      if (result.scope === 'item') return { state: 'dead', reason: result.reason };
      return {
        state: 'retry',
        reason: keepWord(work.delivery.reason, `${channelPaused}: ${result.reason}`),
        dueAt: now + pausedLook,
      };
  }
}

/** A repeat shows readers nothing twice: the service knows the key, or the same edit or withdrawal is made again. */
function mayRepeat({ delivery, channel, settings }: Work): boolean {
  if (delivery.op !== 'create') return true;
  return channel.guarantee(settings.settings) === 'A' || settings.onUnknown === 'resend';
}

function inDoubt({ channel }: Work, reason: string): NextState {
  return {
    state: 'parked',
    reason: `${reason}. Nobody knows whether the post stands on ${channel.kind}: look at the account; if it is there, adopt it with its address, else retry or cancel it`,
  };
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
