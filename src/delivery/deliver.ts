/** One try to bring one delivery to its channel. */
import type { Sending } from '#src/channels/channel.ts';
import type { Remote } from '#src/core/delivery.ts';
import { done, later, type Outcome, type SendResult } from '#src/core/outcome.ts';
import { giveBack, recordByHand, recordResult, turnAway } from '#src/delivery/conclude.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { deskPost } from '#src/delivery/desk.ts';
import { doubtOf } from '#src/delivery/doubt.ts';
import { type Gate, lastGate } from '#src/delivery/gate.ts';
import { itsTurn, keepsPace, type Refusal, refusal } from '#src/delivery/guards.ts';
import { type Lease, newLease, whileHeld } from '#src/delivery/lease.ts';
import { lookForPost } from '#src/delivery/look.ts';
import { optedOut } from '#src/delivery/opted-out.ts';
import { freezePost, prepareOnce } from '#src/delivery/prepare.ts';
import { cannotAct, sendOnce } from '#src/delivery/send.ts';
import { findWork, isHeld, type Work } from '#src/delivery/work.ts';
import type { Claim } from '#src/stores/deliveries.ts';

/**
 * Claim, compose, prepare, last gate, one request, record. The row says what is next: `later` gives its time, `done`
 * means that nothing more is due here. Throws only when the ledger cannot be reached.
 */
export async function deliverPost(deliveryId: string, deps: DeliveryDeps, gate: Gate = lastGate): Promise<Outcome> {
  const work = await findWork(deliveryId, deps);
  if (!work) return done;
  if (work.delivery.dueAt! > deps.clock.now()) return later(work.delivery.dueAt!);
  const doubt = doubtOf(work, deps);
  if (doubt?.kind === 'end') return turnAway(work, doubt, deps);
  if (doubt && !doubt.last) return lookForPost(work, deps);
  if (isHeld(work.delivery, work.article)) return done;
  const refused = (await optedOut(work, deps)) ?? (await refusal(work, deps));
  if (refused) return turnAway(work, refused, deps);
  if (doubt) return lookForPost(work, deps);

  const lease = newLease(deps);
  const { deliveries } = deps.ledger;
  // What was judged are the tries up to this fence: whoever rested since then may not know of the last one.
  const { fence } = work.delivery;
  const claim = keepsPace(work)
    ? await deliveries.claimAlone(deliveryId, lease.wall, lease.until, fence)
    : await deliveries.claim(deliveryId, lease.wall, lease.until, 'send', fence);
  if (!claim) return done;
  if ('busyUntil' in claim) return turnAway(work, itsTurn(claim, lease.wall), deps);
  return attempt({ ...work, delivery: claim.delivery }, claim, { lease, gate }, deps);
}

async function attempt(
  work: Work,
  claim: Claim,
  { lease, gate }: { lease: Lease; gate: Gate },
  deps: DeliveryDeps,
): Promise<Outcome> {
  const ready = await whileHeld(work, lease, deps, (held) => makeReady(work, claim, held));
  if (ready.kind === 'by hand') return recordByHand(work, ready.remote, deps);
  if (ready.kind === 'wait' || ready.kind === 'end') return giveBack(work, ready, deps);
  if (ready.kind !== 'prepared') return recordResult(work, ready, deps);

  const refused = await gate(work, lease, deps);
  if (refused === 'lost') return done;
  if (refused) return giveBack(work, refused, deps);

  const result = withNotes(await sendOnce(work, ready.sending, deps), ready.sending);
  if (result.kind === 'notSent' && result.prepareAgain) {
    await deps.ledger.deliveries.savePrepared(work.delivery.id, work.delivery.fence, null);
  }
  return recordResult(work, result, deps);
}

/** A photo that was left out while the post was made ready is missing in what was sent. */
function withNotes(result: SendResult, { prepared }: Sending): SendResult {
  const { notes } = (prepared ?? {}) as { notes?: unknown };
  if (result.kind !== 'sent' || !Array.isArray(notes) || notes.length === 0) return result;
  return { ...result, notes: [...notes.map(String), ...(result.notes ?? [])] };
}

type Ready =
  | { kind: 'prepared'; sending: Sending }
  | { kind: 'by hand'; remote: Remote }
  | { kind: 'lost' }
  | Refusal
  | SendResult;

async function makeReady(work: Work, { create }: Claim, deps: DeliveryDeps): Promise<Ready> {
  const unable = cannotAct(work, create);
  if (unable) return unable;
  const remote = await deskPost(work, deps);
  if (remote) return { kind: 'by hand', remote };
  const frozen = await freezePost(work, create, deps);
  if (frozen.kind !== 'post') return frozen;
  return prepareOnce(work, frozen.post, create, deps);
}
