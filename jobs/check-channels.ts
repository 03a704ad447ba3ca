import type { Deps } from '#jobs/deps.ts';
import { channelAlert } from '#src/core/alert-cause.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { ConfiguredChannel } from '#src/delivery/deps.ts';
import { prepareTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';

/** How often to look whether a server is to be asked again, milliseconds: one that did not answer is. */
export const checkEvery = 10 * 60_000;

/** How long an answer holds. */
const holds = 24 * 3_600_000;

/**
 * Asks each server whose limits its posts must fit for its account and limits, and keeps them: at once, and when the
 * given function finds that a day has gone by. Never throws: a server that does not answer leaves what was known, and
 * an alert.
 */
export function startChannelChecks(deps: Deps): () => Promise<void> {
  const { channels, clock } = deps;
  const dueAt = new Map<string, number>();
  const look = async (): Promise<void> => {
    const due = [...channels.values()].filter(({ channel, settings: { id } }) => {
      return channel.limitsFromServer && (dueAt.get(id) ?? 0) <= clock.now();
    });
    await Promise.all(
      due.map(async (one) => {
        if (await check(one, deps)) dueAt.set(one.settings.id, clock.now() + holds);
      }),
    );
  };
  void look();
  return look;
}

/** Whether it answered. */
async function check(one: ConfiguredChannel, { delivery, ledger, alerts }: Deps): Promise<boolean> {
  const { channel } = one;
  const { id, settings } = one.settings;
  const cause = channelAlert(id, 'unchecked');
  try {
    const { account, facts } = await withDeadline(prepareTimeout, delivery, (signal) =>
      channel.check(settings, channelTools(one, signal, delivery)),
    );
    await ledger.channels.update(id, { account, facts });
    alerts.resolve(cause);
    return true;
  } catch (error) {
    if (delivery.signal.aborted) return false;
    const next = error instanceof UserError ? error.next : null;
    alerts.raise({ cause, message: `channel ${id}: ${messageOf(error)}`, ...(next && { next }) });
    return false;
  }
}
