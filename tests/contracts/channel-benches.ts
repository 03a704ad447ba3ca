/** A fake service for each kind of channel, for the contract; a new channel adds a line. */
import { bluesky } from '#src/channels/bluesky/channel.ts';
import { board } from '#src/channels/board.ts';
import type { Board } from '#src/channels/channel.ts';
import { mastodon } from '#src/channels/mastodon/channel.ts';
import { webhook } from '#src/channels/webhook/channel.ts';
import { postText } from '#src/core/length.ts';
import type { Post } from '#src/core/post.ts';
import { createHttp } from '#src/net/http-client.ts';
import type { ChannelBench } from '#tests/contracts/channel-contract.ts';
import { openEmail } from '#tests/contracts/email-bench.ts';
import { openFacebook } from '#tests/contracts/facebook-bench.ts';
import { openTelegram } from '#tests/contracts/telegram-bench.ts';
import { startBluesky } from '#tests/fakes/bluesky-server.ts';
import { keptToken } from '#tests/fakes/kept-token.ts';
import type { ManualClock } from '#tests/fakes/manual-clock.ts';
import { startMastodon } from '#tests/fakes/mastodon-server.ts';
import { startWebhookReceiver } from '#tests/fakes/webhook-receiver.ts';

export const benches: Readonly<Record<string, (clock: ManualClock) => Promise<ChannelBench>>> = {
  bluesky: openBluesky,
  board: openBoard,
  email: openEmail,
  facebook: openFacebook,
  mastodon: openMastodon,
  telegram: openTelegram,
  webhook: openWebhook,
};

async function openBoard(clock: ManualClock): Promise<ChannelBench> {
  const posts = memoryBoard();
  return {
    channel: board,
    settings: {},
    secrets: [],
    http: { request: () => Promise.reject(new Error('the board asks nobody')) },
    board: posts,
    clock,
    visible: async () => [...posts.posts.values()].map((post) => postText(post.segments)),
    trouble: () => false,
    close: async () => {},
  };
}

async function openBluesky(clock: ManualClock): Promise<ChannelBench> {
  const server = await startBluesky({ now: clock.now });
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  const { handle, appPassword } = server.account;
  const settings = bluesky.settings.parse({ service: server.url, identifier: handle, appPassword });
  return {
    channel: bluesky,
    settings,
    secrets: [appPassword, 'canary.access', 'canary.refresh'],
    http,
    board: memoryBoard(),
    clock,
    tools: { token: keptToken(bluesky, settings, { http, clock }) },
    visible: async () => [...server.posts.values()].map(({ value }) => value.text),
    trouble(what) {
      const body = JSON.stringify({ error: 'AuthenticationRequired', message: `not with ${appPassword}` });
      if (what === 'too many') server.misbehave({ status: 429, headers: { 'retry-after': '30' } });
      if (what === 'refuses us') server.misbehave({ status: 401, body }, { status: 401, body });
      if (what === 'fails after taking it') server.misbehave('proxy page');
      if (what === 'never answers') server.misbehave('hang');
      return true;
    },
    async close() {
      await http.close();
      await server.close();
    },
  };
}

async function openMastodon(clock: ManualClock): Promise<ChannelBench> {
  const token = 'canary-of-the-token';
  const server = await startMastodon({ token, now: clock.now });
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  return {
    channel: mastodon,
    settings: mastodon.settings.parse({ baseUrl: server.url, accessToken: token }),
    secrets: [token],
    http,
    board: memoryBoard(),
    clock,
    visible: async () => [...server.statuses.values()].map(({ status }) => status),
    trouble(what) {
      if (what === 'too many')
        server.misbehave({ status: 429, headers: { 'x-ratelimit-reset': '2026-11-25T09:00:00Z' } });
      if (what === 'refuses us') server.misbehave({ status: 401, body: `{"error":"not you: ${token}"}` });
      if (what === 'fails after taking it') server.misbehave('proxy page');
      if (what === 'never answers') server.misbehave('hang');
      return true;
    },
    async close() {
      await http.close();
      await server.close();
    },
  };
}

async function openWebhook(clock: ManualClock): Promise<ChannelBench> {
  const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const receiver = await startWebhookReceiver({ secret, now: clock.now });
  const http = createHttp({ allow: ['127.0.0.0/8'], userAgent: 'test', clock });
  const headers = { authorization: 'Bearer canary-of-the-header' };
  return {
    channel: webhook,
    settings: webhook.settings.parse({ url: `${receiver.url}/hook`, secret, headers }),
    secrets: [secret, secret.slice(6), 'canary-of-the-header'],
    http,
    board: memoryBoard(),
    clock,
    visible: async () => standing([...receiver.events.values()]),
    trouble(what) {
      if (what === 'too many') receiver.misbehave({ status: 429, headers: { 'retry-after': '30' } });
      if (what === 'refuses us') receiver.misbehave({ status: 401, body: `not you: ${headers.authorization}` });
      if (what === 'fails after taking it') receiver.misbehave('error after body');
      if (what === 'never answers') receiver.misbehave('hang');
      return true;
    },
    async close() {
      await http.close();
      await receiver.close();
    },
  };
}

/** What a receiver that follows the events shows. */
function standing(events: { type: string; data: any }[]): string[] {
  const titles = new Map<string, string>();
  for (const { type, data } of events) {
    if (type === 'article.retracted') titles.delete(data.id);
    else if (type !== 'ping') titles.set(data.id, data.title);
  }
  return [...titles.values()];
}

/** A board in memory. */
export function memoryBoard(): Board & { posts: Map<string, Post> } {
  const posts = new Map<string, Post>();
  return {
    posts,
    async put(_channelId, key, post) {
      posts.set(key, post);
      return { id: key, url: null };
    },
    async take(_channelId, remoteId) {
      posts.delete(remoteId);
    },
  };
}
