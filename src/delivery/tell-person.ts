import type { Delivery } from '#src/core/delivery.ts';
import type { Alerts } from '#src/core/tools.ts';

/** Says that a post is parked or dead, and what can be done; nothing of one that stands otherwise. */
export function tellPerson(
  { id, channelId, state, reason }: Pick<Delivery, 'id' | 'channelId' | 'state' | 'reason'>,
  alerts: Pick<Alerts, 'raise'>,
): void {
  if (state !== 'parked' && state !== 'dead') return;
  alerts.raise({
    cause: deliveryAlert(id, state),
    message: `A post on ${channelId} is ${state}: ${reason ?? ''}`,
    next: `npx --no-install loa delivery retry ${id}, or: delivery cancel ${id}, or: delivery adopt ${id} URL`,
  });
}

/** What makes two alerts of a delivery one. */
export function deliveryAlert(id: string, state: 'parked' | 'dead'): string {
  return `delivery:${id}:${state}`;
}
