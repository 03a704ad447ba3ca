/** What may stop a delivery: asked before the claim and again at the gate. */
import { ageVerdict, isSentByHand } from '#src/core/age.ts';
import { channelPaused, type DeliveryState } from '#src/core/delivery.ts';
import { nextAllowed } from '#src/core/pace.ts';
import { formatDuration } from '#src/core/time.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { crashes, unknownTries, type Work } from '#src/delivery/work.ts';
import type { ChannelState } from '#src/stores/channels.ts';
import type { Busy } from '#src/stores/deliveries.ts';

/** Not now, or never; the reason in plain words. */
export type Refusal =
  | { kind: 'wait'; until: number; reason: string }
  | { kind: 'end'; state: Extract<DeliveryState, 'expired' | 'cancelled' | 'skipped' | 'parked'>; reason: string };

/** A stopped channel is looked at again after this; resuming it need not wake anything. */
const look = 30_000;

/** The channel is taken by another post: looked at again after this. */
const turn = 5000;

const mostCrashes = 3;

export const channelRests = 'the channel rests: its service failed or asked to wait';

/** Null when the delivery may go. */
export async function refusal(work: Work, deps: DeliveryDeps): Promise<Refusal | null> {
  const now = deps.clock.now();
  return (
    takenBack(work) ??
    // While all is stopped nothing comes to an end, age included.
    (await stopped(now, deps)) ??
    quarantine(work) ??
    tooOld(work, now, deps) ??
    keyForgotten(work, now) ??
    channelClosed(await deps.ledger.channels.state(work.settings.id, now), now) ??
    (await tooSoon(work, now, deps))
  );
}

/** A repeat after an unknown outcome goes on even so: only it can learn what there is to take back. */
function takenBack({ delivery, article, attempts }: Work): Refusal | null {
  if (delivery.op === 'withdraw' || article.state !== 'withdrawn' || unknownTries(attempts).length > 0) return null;
  return { kind: 'end', state: 'cancelled', reason: 'the article was withdrawn' };
}

function quarantine({ delivery, attempts }: Work): Refusal | null {
  if (crashes(attempts) < mostCrashes || isSentByHand(delivery)) return null;
  const reason = `the worker stopped ${mostCrashes} times over this post: look at the channel, then retry or cancel it`;
  return { kind: 'end', state: 'parked', reason };
}

function tooOld({ delivery, article, settings }: Work, now: number, deps: DeliveryDeps): Refusal | null {
  const zone = deps.settings.site.timezone;
  const reason = ageVerdict({ delivery, article, pace: settings.pace, now, zone });
  return reason === null ? null : { kind: 'end', state: 'expired', reason };
}

/** A service that remembers keys for a while would take a later repeat for a new post. */
function keyForgotten({ delivery, channel, settings, attempts }: Work, now: number): Refusal | null {
  const { keepsKeys } = channel;
  if (keepsKeys === undefined || delivery.op !== 'create') return null;
  if (settings.onUnknown === 'resend' || isSentByHand(delivery)) return null;
  const since = unknownTries(attempts)[0]?.startedAt;
  if (since === undefined || now - since < keepsKeys) return null;
  return {
    kind: 'end',
    state: 'parked',
    reason: `a try ${formatDuration(now - since)} ago may have gone through, too long ago to repeat it safely: look at the account, then adopt, retry or cancel it`,
  };
}

async function stopped(now: number, deps: DeliveryDeps): Promise<Refusal | null> {
  const reason = (await deps.stopped?.()) ?? null;
  return reason === null ? null : { kind: 'wait', until: now + look, reason };
}

function channelClosed(state: ChannelState, now: number): Refusal | null {
  if (state.paused) {
    const why = state.pausedReason ? `: ${state.pausedReason}` : '';
    return { kind: 'wait', until: now + look, reason: `${channelPaused}${why}` };
  }
  if (state.openUntil !== null && state.openUntil > now) {
    return { kind: 'wait', until: state.openUntil, reason: channelRests };
  }
  return null;
}

/** Posts that are counted go one at a time, or two processes would find the same room for both. */
export function keepsPace({ delivery, settings }: Work): boolean {
  return delivery.op === 'create' && (settings.pace.gap > 0 || settings.pace.perHour !== null);
}

/** A post takes a second or two; one whose worker died holds the others up until its lease ends. */
export function itsTurn({ busyUntil }: Busy, now: number): Refusal {
  return { kind: 'wait', until: Math.min(busyUntil, now + turn), reason: 'waits for another post that is on its way' };
}

/** Corrections and withdrawals do not wait for the pace. */
async function tooSoon({ delivery, settings }: Work, now: number, deps: DeliveryDeps): Promise<Refusal | null> {
  if (delivery.op !== 'create') return null;
  const traffic = await deps.ledger.deliveries.sentSince(settings.id, now - 3_600_000);
  const until = nextAllowed(now, settings.pace, deps.settings.site.timezone, traffic);
  return until > now
    ? { kind: 'wait', until, reason: "waits for the channel's pace or the end of its quiet hours" }
    : null;
}
