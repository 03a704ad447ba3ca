/** A fake Graph API and everything a Page needs to post by it; fresh for each test of a file. */
import { afterEach, beforeEach } from 'vitest';
import type { Sending } from '#src/channels/channel.ts';
import { facebook } from '#src/channels/facebook/channel.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { type FacebookServer, startFacebook } from '#tests/fakes/facebook-server.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';

export const token = 'EAAcanary-of-the-page';
export const secret = 'canary-of-the-app';
export const pageId = '104900000000001';
export const photos = [
  postPhoto('cau', { alt: 'Cầu treo', caption: 'Người dân qua cầu', credit: 'Thu An' }),
  postPhoto('cho'),
];

interface State {
  clock: ManualClock;
  log: ReturnType<typeof recordingLog>;
  server: FacebookServer;
  http: HttpClient;
}

export function facebookBench() {
  const state = {} as State;
  beforeEach(async () => {
    const clock = manualClock();
    Object.assign(state, {
      clock,
      log: recordingLog(),
      server: await startFacebook({ token, pageId, now: clock.now }),
      http: createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock }),
    });
  });
  afterEach(async () => {
    await state.http.close();
    await state.server.close();
  });

  const settings = (change = {}) =>
    facebook.settings.parse({ pageId, accessToken: token, baseUrl: state.server.url, ...change });
  const tools = () => {
    const { http, clock, log } = state;
    return fakeChannelTools({ http, clock, log, photo: async () => new Uint8Array([0xff, 0xd8, 0xff, 0xd9]) });
  };
  const prepare = async (one: Sending<any>) => {
    const prepared = await facebook.prepare!(one, settings(), tools());
    return { ...one, prepared };
  };
  const publish = async (one: Sending<any> = someSending()) =>
    facebook.publish(await prepare(one), settings(), tools());
  return Object.assign(state, {
    settings,
    tools,
    prepare,
    publish,
    withPhotos: () => someSending({ post: somePost({ photos }) }),
    /** What a later edit or withdrawal of a post that stands is handed. */
    async published(): Promise<Sending<any>> {
      const result = await publish();
      if (result.kind !== 'sent') throw new Error(result.reason);
      return someSending({ key: 'later', remote: { id: result.id, url: result.url } });
    },
    only: () => [...state.server.posts.values()][0]!,
  });
}
