/** Posts of an account on Bluesky, or another provider of the AT Protocol. */

import { idOf, nameOf, postCollection } from '#src/channels/bluesky/address.ts';
import { thumbBytes } from '#src/channels/bluesky/blobs.ts';
import { jsonBody, resultOf } from '#src/channels/bluesky/call.ts';
import { checkAccount } from '#src/channels/bluesky/check.ts';
import { freeze, type Prepared } from '#src/channels/bluesky/freeze.ts';
import { ownPosts } from '#src/channels/bluesky/own-posts.ts';
import { createPoints, put } from '#src/channels/bluesky/put.ts';
import { ask, ownRepo, refreshSession } from '#src/channels/bluesky/session.ts';
import { setUp } from '#src/channels/bluesky/set-up.ts';
import { type BlueskySettings, settings } from '#src/channels/bluesky/settings.ts';
import type { Channel, ChannelTools } from '#src/channels/channel.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { NotPrepared, resultOfFailure } from '#src/core/send-result.ts';

const hour = 3_600_000;
const day = 24 * hour;

export const bluesky: Channel<BlueskySettings, Prepared> = {
  kind: 'bluesky',
  settings,
  summary: 'Posts of an account on Bluesky, with photos and alt texts or a link card',
  setUp,
  // The record's key is ours, and the same record under the same key stands once.
  guarantee: () => 'A',

  limits: ({ embed, photoBytes }: Partial<BlueskySettings>) => ({
    length: 300,
    unit: 'graphemes',
    also: { length: 3000, unit: 'utf-8 bytes' },
    linkLength: null,
    linkShown: 30,
    photos: embed === 'card' ? 1 : 4,
    altLength: 2000,
    photo: { bytes: embed === 'card' ? thumbBytes : (photoBytes ?? thumbBytes), pixels: 4_000_000 },
  }),

  rates({ service, identifier }) {
    const account = `bluesky ${new URL(service).host} ${identifier.toLowerCase()}`;
    const cost = () => createPoints;
    return [
      { account: `${account} by the hour`, units: 5000, per: hour, cost },
      { account: `${account} by the day`, units: 35_000, per: day, cost },
    ];
  },

  refresh: refreshSession,
  check: checkAccount,
  prepare: freeze,

  publish: ({ prepared }, settings, tools) => settled(() => put(prepared!, settings, tools)),
  reply: ({ prepared }, settings, tools) => settled(() => put(prepared!, settings, tools)),
  withdraw: ({ remote }, settings, tools) => settled(() => remove(remote!.id, settings, tools)),
  find: ownPosts,
  idOf,
  postAddress: 'https://bsky.app/profile/…/post/…',
};

async function settled(run: () => Promise<SendResult>): Promise<SendResult> {
  try {
    return await run();
  } catch (error) {
    return error instanceof NotPrepared ? error.result : resultOfFailure(error);
  }
}

/** What is gone already counts as taken back: the service says so itself. */
async function remove(id: string, settings: BlueskySettings, tools: ChannelTools): Promise<SendResult> {
  const name = nameOf(id);
  const { answer } = await ask(
    (session) => {
      const repo = ownRepo(name?.repo, session);
      if (!name || repo === null) throw new NotPrepared({ kind: 'permanent', scope: 'item', reason: notOurs(id) });
      const body = { repo, collection: postCollection, rkey: name.rkey };
      return { nsid: 'com.atproto.repo.deleteRecord', ...jsonBody(body) };
    },
    settings,
    tools,
  );
  const isDone = answer.status === 200 && answer.json !== null;
  return isDone ? { kind: 'sent', id, url: null } : resultOf(answer, tools.clock.now());
}

const notOurs = (id: string) => `${id} is no post of the account that the settings name: delete it by hand`;
