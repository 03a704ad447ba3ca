/** Who has left a channel's list, and how a person takes them back in. */
import { configuredChannel } from '#src/core/configured-channel.ts';
import { UserError } from '#src/core/errors.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface OptOutsView {
  /** `since` in ISO 8601. */
  optOuts: { address: string; since: string }[];
}

type OptOuts = Pick<Ledger, 'optOuts'>;

/** Oldest first. Throws `UserError` for an unknown channel. */
export async function viewOptOuts({ optOuts }: OptOuts, settings: Settings, channelId: string): Promise<OptOutsView> {
  const id = known(channelId, settings);
  const rows = await optOuts.list(id);
  return { optOuts: rows.map(({ part, at }) => ({ address: part, since: new Date(at).toISOString() })) };
}

/** They have asked for posts again. Throws `UserError` for who never left. */
export async function removeOptOut(
  ledger: OptOuts,
  settings: Settings,
  { channelId, address }: { channelId: string; address: string },
): Promise<OptOutsView> {
  const id = known(channelId, settings);
  const rows = await ledger.optOuts.list(id);
  const row = rows.find(({ part }) => part.toLowerCase() === address.trim().toLowerCase());
  if (!row) {
    throw new UserError(`${address} has not left the list of ${id}`, {
      next: `Those who have: npx --no-install loa channel optouts ${id}`,
    });
  }
  await ledger.optOuts.remove(id, row.part);
  return viewOptOuts(ledger, settings, id);
}

function known(id: string, { channels }: Settings): string {
  return configuredChannel(id, new Map(channels.map((channel) => [channel.id, channel]))).id;
}
