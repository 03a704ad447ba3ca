/** What a person may decide of one delivery. Each throws a `UserError` when the row stands otherwise. */
import { sentByHand } from '#src/core/age.ts';
import type { Delivery, DeliveryState, Remote } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import type { Alerts, Clock } from '#src/core/tools.ts';
import type { ConfiguredChannel } from '#src/delivery/deps.ts';
import { unknownTries } from '#src/delivery/work.ts';
import type { Ledger } from '#src/stores/ledger.ts';

interface Deps {
  ledger: Pick<Ledger, 'deliveries'>;
  alerts: Alerts;
  clock: Clock;
}

type ByHandDeps = Deps & { channels: ReadonlyMap<string, ConfiguredChannel> };

/** Goes out now, however old it is and however often it failed: also approval, and "post anyway". */
export async function retryByHand(id: string, deps: ByHandDeps): Promise<Delivery> {
  const from = ['waiting', 'retry', 'parked', 'dead', 'expired', 'skipped', 'cancelled'] as const;
  const now = deps.clock.now();
  const row = await deps.ledger.deliveries.get(id);
  const prepareAgain = row !== null && deps.channels.get(row.channelId)?.channel.preparesForOne === true;
  const composeAgain = row !== null && (await isUnseen(row, deps));
  const fields = {
    ...({ reason: sentByHand, dueAt: now, judged: true } as const),
    ...(prepareAgain && { prepareAgain }),
    ...(composeAgain && { composeAgain: true as const }),
  };
  return change(id, from, 'waiting', fields, deps);
}

/** What came to an end without anybody having seen it is made anew of the newest revision, unless a person wrote it. */
async function isUnseen({ id, op, state, approved }: Delivery, { ledger }: Deps): Promise<boolean> {
  if (op !== 'create' || approved !== null) return false;
  const isOver = ['dead', 'expired', 'skipped', 'cancelled'].includes(state);
  return isOver && unknownTries(await ledger.deliveries.attempts(id)).length === 0;
}

/** Never goes out, and nobody is reminded of it. What stands at the service already stays there. */
export function cancelByHand(id: string, deps: Deps): Promise<Delivery> {
  return change(id, ['waiting', 'retry', 'parked', 'dead'], 'cancelled', { reason: 'cancelled by a person' }, deps);
}

/** The reason of a row whose post a person found. */
export const adoptedByHand = 'found there and adopted by a person';

/** The post stands at `url`: corrections and withdrawals act on it from now on, unless the newsroom wrote it itself. */
export async function adoptByHand(id: string, url: string, deps: ByHandDeps): Promise<Delivery> {
  if (!URL.canParse(url))
    throw new UserError(`"${url}" is no address of a post`, { next: 'Copy it from the browser.' });
  const remote = { id: await remoteId(id, url, deps), url };
  const composeAgain = await isOfOthers(id, deps);
  const adopted = { reason: adoptedByHand, remote, ...(composeAgain && { composeAgain: true as const }) };
  return change(id, ['waiting', 'retry', 'parked', 'dead', 'expired', 'cancelled'], 'sent', adopted, deps);
}

/** What stands there cannot be ours: of a post that waits to be sent for the first time, whatever text was approved for it. */
async function isOfOthers(id: string, { ledger }: Deps): Promise<boolean> {
  const row = await ledger.deliveries.get(id);
  if (row?.op !== 'create' || row.state !== 'waiting') return false;
  return unknownTries(await ledger.deliveries.attempts(id)).length === 0;
}

/** The address itself where the kind cannot tell the id: such a post is not changed by Loa. */
async function remoteId(id: string, url: string, { ledger, channels }: ByHandDeps): Promise<string> {
  const row = await ledger.deliveries.get(id);
  const configured = row && channels.get(row.channelId);
  if (!row || !configured?.channel.idOf) {
    if (/^https?:/i.test(url)) return url;
    throw new UserError(`"${url}" is no address of a post`, { next: 'Copy it from the browser.' });
  }
  const { channel, settings } = configured;
  const found = channel.idOf!(url, settings.settings);
  if (found !== null) {
    const others = row.op === 'create' ? await ledger.deliveries.remotesOfOthers(row.channelId, id, [found]) : [];
    if (others.length === 0) return found;
    throw new UserError(`"${url}" is another article's post`, { next: 'Copy the address of this one.' });
  }
  throw new UserError(`"${url}" is no address of a post on ${channel.kind}`, {
    next: channel.postAddress
      ? `It looks like this: ${channel.postAddress}`
      : 'Open the post by itself and copy its address from the browser.',
  });
}

async function change(
  id: string,
  from: readonly DeliveryState[],
  to: DeliveryState,
  fields: { reason: string; dueAt?: number; remote?: Remote; judged?: true; prepareAgain?: true; composeAgain?: true },
  { ledger, alerts, clock }: Deps,
): Promise<Delivery> {
  const now = clock.now();
  const moved = await ledger.deliveries.move(id, [...from], to, { ...fields, now });
  const row = await ledger.deliveries.get(id);
  if (!row) throw new UserError(`There is no delivery ${id}.`, { next: 'loa delivery list shows them.' });
  if (!moved) {
    throw new UserError(`Delivery ${id} is ${row.state}: only one that is ${from.join(', ')} can become ${to}.`, {
      next:
        row.state === 'sending' ? 'Wait until it is settled, a few minutes at most.' : 'loa delivery list shows it.',
    });
  }
  for (const state of ['parked', 'dead']) alerts.resolve(`delivery:${id}:${state}`);
  return row;
}
