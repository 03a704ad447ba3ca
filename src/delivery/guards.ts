/** What may stop a delivery: asked before the claim and again at the gate. */
import { ageVerdict, embargoedUntil, isSentByHand } from '#src/core/age.ts';
import { isBreaking } from '#src/core/breaking.ts';
import { channelPaused, type DeliveryState } from '#src/core/delivery.ts';
import { notPublishedYet } from '#src/core/delivery-plan.ts';
import { nextAllowed, waitsForPace } from '#src/core/pace.ts';
import type { PaceSettings } from '#src/core/settings.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { mayRepeat } from '#src/delivery/doubt.ts';
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
    takenBack(work, deps) ??
    // While all is stopped nothing comes to an end, age included.
    (await stopped(now, deps)) ??
    quarantine(work) ??
    embargoed(work, now) ??
    tooOld(work, now, deps) ??
    channelClosed(await deps.ledger.channels.state(work.settings.id, now), now) ??
    (await tooSoon(work, now, deps))
  );
}

/** A repeat with its key after an unknown outcome goes on even so: only it can learn what there is to take back. */
function takenBack(work: Work, deps: DeliveryDeps): Refusal | null {
  if (work.delivery.op === 'withdraw' || work.article.state !== 'withdrawn') return null;
  if (unknownTries(work.attempts).length > 0 && mayRepeat(work, deps)) return null;
  return { kind: 'end', state: 'cancelled', reason: 'the article was withdrawn' };
}

function quarantine({ delivery, attempts }: Work): Refusal | null {
  if (crashes(attempts) < mostCrashes || isSentByHand(delivery)) return null;
  const reason = `the worker stopped ${mostCrashes} times over this post: look at the channel, then retry or cancel it`;
  return { kind: 'end', state: 'parked', reason };
}

/** A revision may have put it off. */
function embargoed({ delivery, article }: Work, now: number): Refusal | null {
  if (delivery.op !== 'create' || isSentByHand(delivery)) return null;
  const until = embargoedUntil(article.publishedAt, now);
  return until === null ? null : { kind: 'wait', until, reason: notPublishedYet };
}

function tooOld({ delivery, article, settings }: Work, now: number, deps: DeliveryDeps): Refusal | null {
  const zone = deps.settings.site.timezone;
  const reason = ageVerdict({ delivery, article, pace: settings.pace, now, zone });
  return reason === null ? null : { kind: 'end', state: 'expired', reason };
}

/** By a person or for a reason that only one can mend: all posting, or this channel's. */
export async function switchedOff(channelId: string, now: number, deps: DeliveryDeps): Promise<Refusal | null> {
  const [all, state] = await Promise.all([stopped(now, deps), deps.ledger.channels.state(channelId, now)]);
  return all ?? paused(state, now);
}

async function stopped(now: number, deps: DeliveryDeps): Promise<Refusal | null> {
  const reason = (await deps.stopped?.()) ?? null;
  return reason === null ? null : { kind: 'wait', until: now + look, reason };
}

function channelClosed(state: ChannelState, now: number): Refusal | null {
  const { openUntil: until } = state;
  const rests: Refusal | null = until !== null && until > now ? { kind: 'wait', until, reason: channelRests } : null;
  return paused(state, now) ?? rests;
}

function paused(state: ChannelState, now: number): Refusal | null {
  if (!state.paused) return null;
  const why = state.pausedReason ? `: ${state.pausedReason}` : '';
  return { kind: 'wait', until: now + look, reason: `${channelPaused}${why}` };
}

/** Posts that are counted go one at a time, or two processes would find the same room for both. */
export function keepsPace(work: Work): boolean {
  const { gap, perHour } = paceFor(work);
  return work.delivery.op === 'create' && (gap > 0 || perHour !== null);
}

/** Breaking news waits for neither gap nor quiet hours; the hourly limit holds for it too. */
function paceFor({ settings, article }: Work): PaceSettings {
  return isBreaking(settings, article) ? { ...settings.pace, gap: 0, quiet: null } : settings.pace;
}

/** A post takes a second or two; one whose worker died holds the others up until its lease ends. */
export function itsTurn({ busyUntil }: Busy, now: number): Refusal {
  return { kind: 'wait', until: Math.min(busyUntil, now + turn), reason: 'waits for another post that is on its way' };
}

/** Corrections and withdrawals do not wait for the pace. */
async function tooSoon(work: Work, now: number, deps: DeliveryDeps): Promise<Refusal | null> {
  const { delivery, settings } = work;
  if (delivery.op !== 'create') return null;
  const traffic = await deps.ledger.deliveries.sentSince(settings.id, now - 3_600_000, delivery.articleId);
  const until = nextAllowed(now, paceFor(work), deps.settings.site.timezone, traffic);
  return until > now ? { kind: 'wait', until, reason: waitsForPace } : null;
}
