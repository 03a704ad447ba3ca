/** One try to bring one delivery to its channel. */
import { done, later, type Outcome } from '#src/core/outcome.ts';
import { giveBack, recordResult, turnAway } from '#src/delivery/conclude.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { type ClaimedAt, lastGate } from '#src/delivery/gate.ts';
import { itsTurn, keepsPace, refusal } from '#src/delivery/guards.ts';
import { freezePost, prepareOnce } from '#src/delivery/prepare.ts';
import { sendOnce } from '#src/delivery/send.ts';
import { leaseFor } from '#src/delivery/times.ts';
import { findWork, type Work } from '#src/delivery/work.ts';
import type { Claim } from '#src/stores/deliveries.ts';

/**
 * Claim, compose, prepare, last gate, one request, record. The row says what is next: `later` gives its time, `done`
 * means that nothing more is due here. Throws only when the ledger cannot be reached.
 */
export async function deliverPost(deliveryId: string, deps: DeliveryDeps): Promise<Outcome> {
  const work = await findWork(deliveryId, deps);
  if (!work) return done;
  if (work.delivery.dueAt! > deps.clock.now()) return later(work.delivery.dueAt!);
  const refused = await refusal(work, deps);
  if (refused) return turnAway(work, refused, deps);

  const claimedAt = { wall: deps.clock.now(), monotonic: deps.clock.monotonic() };
  const lease = claimedAt.wall + leaseFor(work.channel);
  const { deliveries } = deps.ledger;
  const claim = keepsPace(work)
    ? await deliveries.claimAlone(deliveryId, claimedAt.wall, lease)
    : await deliveries.claim(deliveryId, claimedAt.wall, lease);
  if (!claim) return done;
  if ('busyUntil' in claim) return turnAway(work, itsTurn(claim, claimedAt.wall), deps);
  return attempt(work, claim, claimedAt, deps);
}

async function attempt(found: Work, claim: Claim, claimedAt: ClaimedAt, deps: DeliveryDeps): Promise<Outcome> {
  const work = { ...found, delivery: claim.delivery };
  const { create } = claim;

  const frozen = await freezePost(work, create, deps);
  if (frozen.kind !== 'post') return giveBack(work, frozen, deps);
  const ready = await prepareOnce(work, frozen.post, create, deps);
  if (ready.kind !== 'prepared') return recordResult(work, ready, deps);

  const refused = await lastGate(work, claimedAt, deps);
  if (refused === 'lost') return done;
  if (refused) return giveBack(work, refused, deps);

  const result = await sendOnce(work, ready.sending, deps);
  if (result.kind === 'notSent' && result.prepareAgain) {
    await deps.ledger.deliveries.savePrepared(work.delivery.id, work.delivery.fence, null);
  }
  return recordResult(work, result, deps);
}
