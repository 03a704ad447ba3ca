/** A channel's token as delivery keeps it, for tests without a ledger: made once, renewed when it is refused. */
import { isDeepStrictEqual } from 'node:util';
import type { Channel, ChannelTools } from '#src/channels/channel.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';

export function keptToken<S>(
  channel: Channel<S, any>,
  settings: S,
  change: Partial<ChannelTools> = {},
  stored: unknown = null,
): ChannelTools['token'] {
  let kept = stored;
  return async <T>(refused?: T) => {
    if (kept === null || isDeepStrictEqual(kept, refused)) {
      kept = (await channel.refresh!(kept, settings, fakeChannelTools(change))).token;
    }
    return kept as T;
  };
}
