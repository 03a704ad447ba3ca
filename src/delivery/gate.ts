/** The last gate, right before the one request that readers can see. */
import { takeProbe } from '#src/delivery/breaker.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { doubtOf } from '#src/delivery/doubt.ts';
import { type Refusal, refusal, switchedOff } from '#src/delivery/guards.ts';
import { type Lease, renewLease } from '#src/delivery/lease.ts';
import { optedOut } from '#src/delivery/opted-out.ts';
import { takeRates } from '#src/delivery/service-rates.ts';
import { clockJump, gateSlack, leaseTime, requestTimeout } from '#src/delivery/times.ts';
import { isHeld, type Work } from '#src/delivery/work.ts';

const tookTooLong = 'preparing it took longer than the claim holds';

/** Null: go. `lost`: the row is another worker's by now, or ended. */
export type Gate = (work: Work, lease: Lease, deps: DeliveryDeps) => Promise<Refusal | 'lost' | null>;

export const lastGate: Gate = async (work, lease, deps) => {
  const { deliveries, articles } = deps.ledger;
  const jumped = clockJumped(lease, deps);
  if (jumped) return jumped;
  // From here on a crash leaves doubt behind.
  if (!(await renewLease(work, lease, deps, true)))
    return { kind: 'wait', until: deps.clock.now(), reason: tookTooLong };
  const [row, article] = await Promise.all([deliveries.get(work.delivery.id), articles.get(work.article.id)]);
  if (!row || !article || row.state !== 'sending' || row.fence !== work.delivery.fence) return 'lost';
  if (isHeld(row, article)) return { kind: 'wait', until: deps.clock.now(), reason: 'a person holds the article' };
  // What was judged before the claim may be long ago: a key forgotten since, looks that no longer hold.
  if (doubtOf({ ...work, article }, deps)) return { kind: 'wait', until: deps.clock.now(), reason: tookTooLong };
  const refused = (await optedOut(work, deps)) ?? (await refusal({ ...work, article }, deps));
  if (refused) return refused;
  const probe = await takeProbe(work.settings.id, deps);
  return probe ?? (await takeRates(work, row.post, deps)) ?? lastLook(work, lease, deps);
};

/** How old the word may be that nothing is stopped: whoever stops it all is to see nothing more go out 2 s later. */
const switchHolds = 1500;

/** Asked last, after everything that takes time: from here to the request nothing is awaited. */
async function lastLook({ settings }: Work, lease: Lease, deps: DeliveryDeps): Promise<Refusal | null> {
  const { clock } = deps;
  for (;;) {
    const asked = clock.monotonic();
    const refused = (await switchedOff(settings.id, clock.now(), deps)) ?? outOfTime(lease, deps);
    if (refused || clock.monotonic() - asked <= switchHolds) return refused;
  }
}

function outOfTime(lease: Lease, deps: DeliveryDeps): Refusal | null {
  const { clock, signal } = deps;
  const now = clock.now();
  if (signal.aborted) return { kind: 'wait', until: now, reason: 'Loa was stopped before it was sent' };
  if (leaseTime - (clock.monotonic() - lease.renewed) <= requestTimeout + gateSlack) {
    return { kind: 'wait', until: now, reason: tookTooLong };
  }
  return clockJumped(lease, deps);
}

function clockJumped({ wall, monotonic }: Lease, { clock }: DeliveryDeps): Refusal | null {
  const now = clock.now();
  const drift = Math.abs(now - wall - (clock.monotonic() - monotonic));
  return drift > clockJump ? { kind: 'wait', until: now, reason: "the machine's clock jumped" } : null;
}
