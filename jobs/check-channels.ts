import { adoptHistory } from '#jobs/adopt-history.ts';
import type { Deps } from '#jobs/deps.ts';
import { channelAlert } from '#src/core/alert-cause.ts';
import { endOfCredentials, isToRenew } from '#src/core/credential-end.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import type { ConfiguredChannel } from '#src/delivery/deps.ts';
import { renewToken } from '#src/delivery/renew-token.ts';
import { checkChannel } from '#src/delivery/test-channel.ts';

/** How often to look whether a server is to be asked again, milliseconds: one that did not answer is. */
export const checkEvery = 10 * 60_000;

/** How long an answer holds. */
const holds = 24 * 3_600_000;

/**
 * Asks each server whose limits its posts must fit, or whose credentials end, for its account, and keeps what it says:
 * at once, and when the given function finds that a day has gone by. Renews tokens that would end, and says so where
 * only a person can. Never throws: a server that does not answer leaves what was known, and an alert.
 */
export function startChannelChecks(deps: Deps): () => Promise<void> {
  const { channels, clock } = deps;
  const dueAt = new Map<string, number>();
  const look = async (): Promise<void> => {
    const due = [...channels.values()].filter(({ channel, settings: { id } }) => {
      const isAsked = channel.limitsFromServer || channel.credentialsEnd || channel.refresh;
      return isAsked && (dueAt.get(id) ?? 0) <= clock.now();
    });
    await Promise.all(
      due.map(async (one) => {
        if (await check(one, deps)) dueAt.set(one.settings.id, clock.now() + holds);
      }),
    );
    await adoptHistory(deps);
  };
  void look();
  return look;
}

/** Whether it answered. */
async function check(one: ConfiguredChannel, { delivery, alerts, clock, settings }: Deps): Promise<boolean> {
  const { id } = one.settings;
  const cause = channelAlert(id, 'unchecked');
  try {
    await keepToken(one, delivery);
    const { expiresAt } = await checkChannel(one, delivery);
    alerts.resolve(cause);
    const ends = expiresAt === undefined ? null : Date.parse(expiresAt);
    const said = endOfCredentials(ends, clock.now(), settings.site.timezone);
    if (said === null) alerts.resolve(channelAlert(id, 'ending'));
    else alerts.raise({ cause: channelAlert(id, 'ending'), message: `Channel ${id}: ${said}`, next: renewByHand(id) });
    return true;
  } catch (error) {
    if (delivery.signal.aborted) return false;
    const next = error instanceof UserError ? error.next : null;
    alerts.raise({ cause, message: messageOf(error), ...(next && { next }) });
    return false;
  }
}

/** Before it ends, while the old one still opens the door to a new one. */
async function keepToken(one: ConfiguredChannel, delivery: Deps['delivery']): Promise<void> {
  const stored = one.channel.refresh ? await delivery.ledger.secrets.read(one.settings.id) : null;
  if (stored && isToRenew(stored.expiresAt, delivery.clock.now())) await renewToken(one, delivery);
}

function renewByHand(id: string): string {
  return `Make new ones at the service, put them into the settings, restart, then: npx --no-install loa channel test ${id}`;
}
