/** A fake Bot API and everything a bot needs to post by it; fresh for each test of a file. */
import { afterEach, beforeEach } from 'vitest';
import type { Sending } from '#src/channels/channel.ts';
import { telegram } from '#src/channels/telegram/channel.ts';
import type { Post } from '#src/core/post.ts';
import { createHttp, type HttpClient } from '#src/net/http-client.ts';
import { fakeChannelTools } from '#tests/fakes/channel-tools.ts';
import { postPhoto } from '#tests/fakes/illustrated.ts';
import { recordingLog } from '#tests/fakes/log.ts';
import { type ManualClock, manualClock } from '#tests/fakes/manual-clock.ts';
import { somePost, someSending } from '#tests/fakes/posts.ts';
import { startTelegram, type TelegramServer } from '#tests/fakes/telegram-server.ts';

export const secret = 'AAcanary-of-the-bot';
export const token = `123456:${secret}`;
export const photos = [
  postPhoto('cau', { caption: 'Người dân qua cầu <treo> & chợ', credit: 'Thu An' }),
  postPhoto('cho'),
  postPhoto('ben'),
];

interface State {
  clock: ManualClock;
  log: ReturnType<typeof recordingLog>;
  server: TelegramServer;
  http: HttpClient;
  files: Map<string, Uint8Array>;
}

export function telegramBench() {
  const state = {} as State;
  beforeEach(async () => {
    const clock = manualClock();
    Object.assign(state, {
      clock,
      log: recordingLog(),
      server: await startTelegram({ token, now: clock.now }),
      http: createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock }),
      files: new Map(photos.map(({ file }) => [file, new Uint8Array([0xff, 0xd8, 0xff, 0xd9])])),
    });
  });
  afterEach(async () => {
    await state.http.close();
    await state.server.close();
  });

  const settings = (change = {}) =>
    telegram.settings.parse({ token, chatId: '@baothu', apiRoot: state.server.url, ...change });
  const tools = () => {
    const { http, clock, log, files } = state;
    return fakeChannelTools({ http, clock, log, photo: async (file) => files.get(file) ?? null });
  };
  async function publish(change: Partial<Post> = {}, style = 'photo') {
    const sending = someSending({ post: somePost(change) });
    const prepared = await telegram.prepare!(sending, settings({ style }), tools());
    return { prepared, result: await telegram.publish({ ...sending, prepared }, settings({ style }), tools()) };
  }
  return Object.assign(state, {
    settings,
    tools,
    publish,
    /** What a later edit or withdrawal of a post that stands is handed. */
    async published(change: Partial<Post> = {}, style = 'photo'): Promise<Sending<any>> {
      const { result, prepared } = await publish(change, style);
      if (result.kind !== 'sent') throw new Error(result.reason);
      const remote = { id: result.id, url: result.url };
      return someSending({ key: 'later', post: somePost(change), remote, earlier: prepared });
    },
    only: () => [...state.server.messages.values()][0]!,
  });
}
