/** The channel in front of its fake provider, with two photos in the file store. */
import { bluesky } from '#src/channels/bluesky/channel.ts';
import type { Prepared } from '#src/channels/bluesky/freeze.ts';
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { PostPhoto } from '#src/core/post.ts';
import { createHttp } from '#src/net/http-client.ts';
import { type BlueskyServer, startBluesky } from '#tests/fakes/bluesky-server.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { keptToken } from '#tests/fakes/kept-token.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

type Ready = Sending<Prepared> & { prepared: Prepared };

export interface BlueskyBench {
  clock: ManualClock;
  server: BlueskyServer;
  log: ReturnType<typeof recordingLog>;
  /** By name in the file store. */
  files: Map<string, Uint8Array>;
  photos: PostPhoto[];
  settings(change?: object): BlueskySettings;
  /** From here on with these settings, and without a session unless one is stored. */
  use(settings: BlueskySettings, stored?: unknown): void;
  tools(change?: Partial<ChannelTools>): ChannelTools;
  sending(change?: Partial<Sending<Prepared>>): Sending<Prepared>;
  prepare(sending?: Sending<Prepared>): Promise<Ready>;
  publish(sending: Sending<Prepared>): Promise<SendResult>;
  /** The records that stand. */
  standing(): any[];
  close(): Promise<void>;
}

/** Bytes that a provider takes for a JPEG. */
export const someJpeg = (name: string, bytes = 100) =>
  Buffer.concat([Buffer.from([0xff, 0xd8, 0xff]), Buffer.alloc(bytes, name)]);

export async function openBlueskyBench(): Promise<BlueskyBench> {
  const clock = manualClock();
  const server = await startBluesky({ now: clock.now });
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  const log = recordingLog();
  const photos = [photo('cau', 'Người dân qua cầu treo (Thu An)'), photo('cho', null)];
  const files = new Map<string, Uint8Array>(photos.map(({ file }) => [file, someJpeg(file)]));
  const reach = { http, clock, log, photo: async (file: string) => files.get(file) ?? null };

  const bench: BlueskyBench = {
    clock,
    server,
    log,
    files,
    photos,
    settings(change = {}) {
      const { handle, appPassword } = server.account;
      return bluesky.settings.parse({ service: server.url, identifier: handle, appPassword, ...change });
    },
    use(settings, stored) {
      used = settings;
      token = keptToken(bluesky, settings, reach, stored ?? null);
    },
    tools: (change) => fakeChannelTools({ ...reach, token, ...change }),
    sending: (change) =>
      someSending({ post: somePost({ photos }), at: new Date(clock.now()).toISOString(), ...change }),
    async prepare(sending = bench.sending()) {
      return { ...sending, prepared: await bluesky.prepare!(sending, used, bench.tools()) };
    },
    publish: (sending) => bluesky.publish(sending, used, bench.tools()),
    standing: () => [...server.posts.values()].map(({ value }) => value),
    async close() {
      await http.close();
      await server.close();
    },
  };
  let used = bench.settings();
  let token = keptToken(bluesky, used, reach);
  return bench;
}

function photo(name: string, alt: string | null): PostPhoto {
  const file = `photos/${name}.jpg`;
  const url = `https://loa.example/${file}`;
  return { url, file, width: 1280, height: 960, bytes: 4, type: 'image/jpeg', alt, caption: alt, credit: null };
}
