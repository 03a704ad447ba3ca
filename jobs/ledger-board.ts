import type { Board } from '#src/channels/channel.ts';
import type { Clock } from '#src/core/tools.ts';
import type { BoardStore } from '#src/stores/board.ts';

/** The pages of the `board` channels, kept in the ledger. */
export function ledgerBoard(store: BoardStore, publicUrl: string, clock: Clock): Board {
  return {
    async put(channelId, key, post) {
      const { id } = await store.put(channelId, key, post, clock.now());
      return { id, url: `${publicUrl}/board/${channelId}#${id}` };
    },
    take: (channelId, remoteId) => store.take(channelId, remoteId, clock.now()),
  };
}
