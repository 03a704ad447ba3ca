/** Services that take photos and then say nothing: the post goes without them, and before its time for preparing ends. */
import { expect, it } from 'vitest';
import { bluesky } from '#src/channels/bluesky/channel.ts';
import type { Channel } from '#src/channels/channel.ts';
import { facebook } from '#src/channels/facebook/channel.ts';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import { HttpFailure } from '#src/core/errors.ts';
import type { Http } from '#src/core/tools.ts';
import { prepareTimeout } from '#src/delivery/times.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { keptToken } from '#tests/fakes/kept-token.ts';
import { manualClock } from '#tests/fakes/manual-clock.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

const session = { did: 'did:plc:a', handle: 'bao.example', accessJwt: 'access', refreshJwt: 'refresh' };

it.each<[string, Channel<any, any>, object, RegExp, object]>([
  ['Bluesky', bluesky, { identifier: 'bao.example', appPassword: 'password' }, /uploadBlob/, session],
  ['Mastodon', mastodon, { baseUrl: 'https://social.example', accessToken: 'a-token' }, /v2\/media/, {}],
  [
    'Mastodon, at work on them',
    mastodon,
    { baseUrl: 'https://social.example', accessToken: 'a-token' },
    /v1\/media/,
    { id: '7' },
  ],
  ['Facebook', facebook, { pageId: '7', accessToken: 'a-token' }, /photos/, {}],
])('%s', async (_name, channel, given, silent, answer) => {
  const clock = manualClock();
  const http: Http = {
    async request({ url, timeoutMs = 30_000 }) {
      const status = url.includes('/api/v2/') ? 202 : 200;
      if (!silent.test(url))
        return { status, headers: {}, body: Buffer.from(JSON.stringify(answer)), url, movedTo: null };
      clock.advance(timeoutMs);
      throw new HttpFailure('timeout', 'no answer', { sent: true });
    },
  };
  const settings = channel.settings.parse(given);
  const photo = async () => new Uint8Array([0xff, 0xd8, 0xff]);
  const tools = { http, clock, photo };
  const token = channel.refresh ? keptToken(channel, settings, tools) : undefined;
  const begun = clock.now();
  const photos = ['cau', 'cho', 'lua', 'suoi'].map((name) => postPhoto(name));
  const failingSince = new Date(begun - 3_600_000).toISOString();
  const sending = someSending({ post: somePost({ photos }), failingSince });
  const { notes } = await channel.prepare!(sending, settings, fakeChannelTools({ ...tools, ...(token && { token }) }));
  expect(notes).toHaveLength(4);
  expect(clock.now() - begun).toBeLessThan(prepareTimeout - 5000);
});
