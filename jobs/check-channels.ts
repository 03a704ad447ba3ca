import type { Deps } from '#jobs/deps.ts';
import { channelAlert } from '#src/core/alert-cause.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import { prepareTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';

/** How often a server is asked again, milliseconds. */
export const checkEvery = 24 * 3_600_000;

/**
 * Asks each server whose limits its posts must fit for its account and limits, and keeps them. Never throws: a server
 * that does not answer leaves what was known, and an alert.
 */
export async function checkChannels({ channels, delivery, ledger, alerts }: Deps): Promise<void> {
  const checks = [...channels.values()].filter(({ channel }) => channel.limitsFromServer);
  await Promise.all(
    checks.map(async ({ channel, settings: { id, settings } }) => {
      const cause = channelAlert(id, 'unchecked');
      try {
        const { account, facts } = await withDeadline(prepareTimeout, delivery, (signal) =>
          channel.check(settings, channelTools(id, signal, delivery)),
        );
        await ledger.channels.update(id, { account, facts });
        alerts.resolve(cause);
      } catch (error) {
        if (delivery.signal.aborted) return;
        const next = error instanceof UserError ? error.next : null;
        alerts.raise({ cause, message: `channel ${id}: ${messageOf(error)}`, ...(next && { next }) });
      }
    }),
  );
}
