/** The last gate, right before the one request that readers can see. */
import { takeProbe } from '#src/delivery/breaker.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { type Refusal, refusal } from '#src/delivery/guards.ts';
import { clockJump, gateSlack, leaseFor, requestTimeout } from '#src/delivery/times.ts';
import { isHeld, type Work } from '#src/delivery/work.ts';

/** When the claim was made, on both clocks. */
export interface ClaimedAt {
  wall: number;
  monotonic: number;
}

/** Null: go. `lost`: the row is another worker's by now, or ended. */
export async function lastGate(work: Work, claimed: ClaimedAt, deps: DeliveryDeps): Promise<Refusal | 'lost' | null> {
  const { deliveries, articles } = deps.ledger;
  const [row, article] = await Promise.all([deliveries.get(work.delivery.id), articles.get(work.article.id)]);
  if (!row || !article || row.state !== 'sending' || row.fence !== work.delivery.fence) return 'lost';
  if (isHeld(row, article)) return { kind: 'wait', until: deps.clock.now(), reason: 'a person holds the article' };
  const refused = await refusal({ ...work, article }, deps);
  if (refused) return refused;
  return (await takeProbe(work.settings.id, deps)) ?? outOfTime(work, claimed, deps);
}

/** Asked last, after everything that takes time: from here to the request nothing is awaited. */
function outOfTime({ channel }: Work, claimed: ClaimedAt, { clock, signal }: DeliveryDeps): Refusal | null {
  const now = clock.now();
  if (signal.aborted) return { kind: 'wait', until: now, reason: 'Loa was stopped before it was sent' };
  const held = clock.monotonic() - claimed.monotonic;
  if (leaseFor(channel) - held <= requestTimeout + gateSlack) {
    return { kind: 'wait', until: now, reason: 'preparing it took longer than the claim holds' };
  }
  if (Math.abs(now - claimed.wall - held) > clockJump) {
    return { kind: 'wait', until: now, reason: "the machine's clock jumped" };
  }
  return null;
}
