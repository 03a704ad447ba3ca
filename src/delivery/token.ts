/** Tokens that a channel gets or renews itself: encrypted, one renewal at a time over all processes, written before use. */
import { isDeepStrictEqual } from 'node:util';
import type { ChannelTools } from '#src/channels/channel.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';

/** Longer than any renewal takes: then whoever renewed is dead. Milliseconds. */
const holdFor = 60_000;
const lookEvery = 250;

/** The stored one, or a fresh one where there is none or the service refused it. */
export async function channelToken<T>(
  { settings, channel }: ConfiguredChannel,
  tools: ChannelTools,
  { ledger, seal, clock }: Pick<DeliveryDeps, 'ledger' | 'seal' | 'clock'>,
  refused?: T,
): Promise<T> {
  const { id } = settings;
  if (!channel.refresh) throw new Error(`channels of the kind ${channel.kind} have no token of their own`);
  const read = async (): Promise<T | null> => {
    const stored = await ledger.secrets.read(id);
    const text = stored && seal.open(stored.sealed, id);
    return text === null ? null : JSON.parse(text);
  };
  for (;;) {
    const stored = await read();
    // Somebody has renewed it since.
    if (stored !== null && !(refused !== undefined && isDeepStrictEqual(stored, refused))) return stored;
    const hold = await ledger.secrets.hold(id, clock.now(), clock.now() + holdFor);
    if (hold === null) {
      await clock.sleep(lookEvery, tools.signal);
      continue;
    }
    try {
      // Between looking and holding another one may have written.
      const latest = await read();
      if (latest !== null && !isDeepStrictEqual(latest, stored)) return latest;
      const { token, expiresAt } = await channel.refresh(latest, settings.settings, tools);
      const sealed = seal.close(JSON.stringify(token), id);
      const until = expiresAt === undefined ? null : Date.parse(expiresAt);
      if (await ledger.secrets.write(id, hold, { sealed, expiresAt: until, now: clock.now() })) return token as T;
    } finally {
      await ledger.secrets.letGo(id, hold);
    }
  }
}
