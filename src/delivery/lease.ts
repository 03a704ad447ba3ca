/** A worker's hold on a row: short, and renewed for as long as it makes the post ready. */
import { HttpFailure } from '#src/core/errors.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { leaseTime, renewEvery } from '#src/delivery/times.ts';
import type { Work } from '#src/delivery/work.ts';

export interface Lease {
  /** When the claim was made, on both clocks. */
  readonly wall: number;
  readonly monotonic: number;
  /** When it was last renewed, on the monotonic clock. */
  renewed: number;
}

export function newLease({ clock }: DeliveryDeps): Lease & { until: number } {
  const wall = clock.now();
  const monotonic = clock.monotonic();
  return { wall, monotonic, renewed: monotonic, until: wall + leaseTime };
}

/** False when the claim is lost or over. */
export async function renewLease(
  { delivery }: Work,
  lease: Lease,
  { clock, ledger }: DeliveryDeps,
  atGate = false,
): Promise<boolean> {
  // Before asking: a worker that freezes meanwhile finds its lease old, not new.
  const [now, monotonic] = [clock.now(), clock.monotonic()];
  const held = await ledger.deliveries.renew(delivery.id, delivery.fence, now, now + leaseTime, atGate);
  if (held) lease.renewed = monotonic;
  return held;
}

/** Runs with the claim renewed all the while; a claim that is lost ends what runs through its signal. */
export async function whileHeld<T>(
  work: Work,
  lease: Lease,
  deps: DeliveryDeps,
  run: (deps: DeliveryDeps) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const ends = new AbortController();
  keepRenewing(work, lease, deps, over.signal).then(
    () => ends.abort(new HttpFailure('aborted', 'another worker may have taken the post', { sent: false })),
    // Ended, as nothing more is to be renewed.
    () => {},
  );
  // Not joined: a signal that lives as long as the process remembers every one that was made of it.
  const stop = () => ends.abort(deps.signal.reason);
  if (deps.signal.aborted) stop();
  else deps.signal.addEventListener('abort', stop, { once: true, signal: over.signal });
  try {
    return await run({ ...deps, signal: ends.signal });
  } finally {
    over.abort();
  }
}

/** Resolves when the claim is lost; a ledger that is away for a moment is asked again while it holds. */
async function keepRenewing(work: Work, lease: Lease, deps: DeliveryDeps, signal: AbortSignal): Promise<void> {
  for (;;) {
    await deps.clock.sleep(renewEvery, signal);
    const isOld = deps.clock.monotonic() - lease.renewed > leaseTime - renewEvery;
    const held = await renewLease(work, lease, deps).catch(() => !isOld);
    if (!held) return;
  }
}
