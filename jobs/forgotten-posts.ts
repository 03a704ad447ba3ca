import type { Deps } from '#jobs/deps.ts';
import { restoredFromBackup } from '#src/core/delivery.ts';
import { deliveryAlert, tellPerson } from '#src/delivery/tell-person.ts';

/** Longer than it takes to raise an alert and to write it down. */
const toldBy = 30_000;
/** What is older was told by an earlier sweep. */
const recent = 24 * 3_600_000;
const most = 200;

/** A worker may have ended between leaving a post to a person and saying so. Whoever was told is not told again. */
export async function tellForgottenPosts({
  ledger,
  alerts,
  clock,
}: Pick<Deps, 'ledger' | 'alerts' | 'clock'>): Promise<void> {
  const now = clock.now();
  const rows = await ledger.deliveries.list({ states: ['parked', 'dead'], limit: most });
  const lately = rows.filter(
    ({ updatedAt, reason }) => updatedAt > now - recent && updatedAt < now - toldBy && reason !== restoredFromBackup,
  );
  if (lately.length === 0) return;
  const open = new Set((await ledger.alerts.open()).map(({ cause }) => cause));
  for (const row of lately)
    if (!open.has(deliveryAlert(row.id, row.state as 'parked' | 'dead'))) tellPerson(row, alerts);
}
