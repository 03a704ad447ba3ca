/** The channel on a fake server, called as a delivery calls it. */
import type { Sending } from '#src/channels/channel.ts';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import type { PostPhoto } from '#src/core/post.ts';
import { createHttp } from '#src/net/http-client.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { startMastodon } from '#tests/fakes/mastodon-server.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

export const token = 'canary-token-of-the-account';

function photo(name: string, alt: string | null): PostPhoto {
  const file = `photos/${name}.jpg`;
  const url = `https://loa.example/${file}`;
  return { url, file, width: 1280, height: 960, bytes: 4, type: 'image/jpeg', alt, caption: alt, credit: null };
}

export const photos = [photo('cau', 'Người dân qua cầu treo (Thu An)'), photo('cho', null)];

export type MastodonBench = Awaited<ReturnType<typeof openMastodonBench>>;

export async function openMastodonBench() {
  const clock = manualClock();
  const server = await startMastodon({ token, now: clock.now });
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  const settings = (change = {}) => mastodon.settings.parse({ baseUrl: server.url, accessToken: token, ...change });
  const tools = () =>
    fakeChannelTools({ http, clock, photo: async () => new Uint8Array([0xff, 0xd8, 0xff, 0xd9]), channelId: 'fedi' });
  return {
    ...{ clock, server, http, settings, tools },
    sending: (change: Partial<Sending<any>> = {}) =>
      someSending({ post: somePost({ photos }), at: new Date(clock.now()).toISOString(), ...change }),
    prepare: async (one: Sending<any>) => ({ ...one, prepared: await mastodon.prepare!(one, settings(), tools()) }),
    publish: (one: Sending<any>, change = {}) => mastodon.publish(one, settings(change), tools()),
    async close() {
      await http.close();
      await server.close();
    },
  };
}
