import type { DeliveryDeps } from '#src/delivery/deps.ts';
import type { Refusal } from '#src/delivery/guards.ts';
import type { Work } from '#src/delivery/work.ts';

/** Who gets posts of their own may have asked for none. */
export async function optedOut({ delivery, settings }: Work, { ledger }: DeliveryDeps): Promise<Refusal | null> {
  if (delivery.part === '' || !(await ledger.optOuts.has(settings.id, delivery.part))) return null;
  return { kind: 'end', state: 'skipped', reason: 'unsubscribed' };
}
