/** Loa's own page of posts, `/board/CHANNEL-ID`: to see what a channel would show before a real one is set up. */
import { z } from 'zod';
import type { Channel } from '#src/channels/channel.ts';
import { sent } from '#src/core/outcome.ts';

const settings = z.strictObject({});

export const board: Channel<z.infer<typeof settings>> = {
  kind: 'board',
  settings,
  summary: "A page of Loa's own that shows the posts; needs no account",
  guarantee: () => 'A',
  limits: () => ({ length: null, unit: 'graphemes', linkLength: null, photos: 100, altLength: null, captions: 'all' }),
  unpaced: true,

  async check(_settings, { channelId }) {
    return { account: `/board/${channelId}`, facts: {} };
  },

  async publish({ key, post }, _settings, { board, channelId }) {
    return sent(await board.put(channelId, key, post));
  },

  async edit({ key, post, remote }, _settings, { board, channelId }) {
    return sent(await board.put(channelId, remote?.id ?? key, post));
  },

  async withdraw({ key, remote }, _settings, { board, channelId }) {
    const id = remote?.id ?? key;
    await board.take(channelId, id);
    return sent({ id, url: null });
  },
};
