/** Posts of an account on Mastodon, or a server that speaks its API. */

import type { Channel, ChannelTools, Sending } from '#src/channels/channel.ts';
import { postIsGone } from '#src/channels/gone.ts';
import { checkAccount } from '#src/channels/mastodon/account.ts';
import { idOf } from '#src/channels/mastodon/address.ts';
import { type Answer, call, isId, jsonBody, restOf, resultOf } from '#src/channels/mastodon/call.ts';
import { limitsOf } from '#src/channels/mastodon/facts.ts';
import { type Prepared, uploadAll } from '#src/channels/mastodon/media.ts';
import { ownPosts, statusWithMedia } from '#src/channels/mastodon/own-posts.ts';
import { setUp } from '#src/channels/mastodon/set-up.ts';
import { type MastodonSettings, settings } from '#src/channels/mastodon/settings.ts';
import { statusOf } from '#src/channels/mastodon/status.ts';
import { messageOf } from '#src/core/errors.ts';
import { type SendResult, sent } from '#src/core/outcome.ts';
import { NotPrepared, resultOfFailure } from '#src/core/send-result.ts';

export const mastodon: Channel<MastodonSettings, Prepared> = {
  kind: 'mastodon',
  settings,
  summary: 'Posts of an account on Mastodon, with photos and alt texts',
  setUp,
  guarantee: ({ keepsKeys = true }: Partial<MastodonSettings>) => (keepsKeys ? 'A' : 'C'),
  limits: limitsOf,
  limitsFromServer: true,
  // The server remembers a key for an hour; the rest is for clocks and slow answers.
  keepsKeys: 50 * 60_000,
  check: checkAccount,
  // Everybody who shared a post is told that it was edited.
  editNotifies: true,
  find: ownPosts,
  idOf,
  // A photo that a post holds is no other's.
  preparesForOne: true,
  postAddress: 'https://SERVER/@NAME/NUMBER',

  rates({ baseUrl }, facts) {
    const account = `mastodon ${new URL(baseUrl).host} ${facts['username'] ?? ''}`.trim();
    return [{ account, units: 300, per: 3 * 3_600_000 }];
  },

  async prepare(sending, settings, tools) {
    return uploadAll(sending, await standingMedia(sending, settings, tools), settings, tools);
  },

  publish: (sending, settings, tools) => show(sending, { visibility: settings.visibility }, settings, tools),

  /** Followers have the post itself: what stands below it need not come to their timelines. */
  reply(sending, settings, tools) {
    const visibility = settings.visibility === 'public' ? 'unlisted' : settings.visibility;
    return show(sending, { visibility, in_reply_to_id: sending.remote!.id }, settings, tools);
  },

  async edit({ remote, post, prepared }, settings, tools) {
    const media = prepared?.media ?? [];
    const attributes = media.map(({ id, alt }) => ({ id, description: alt ?? '' }));
    const body = { ...statusOf(post, settings), media_ids: media.map(({ id }) => id), media_attributes: attributes };
    try {
      const answer = await call(path(remote!.id), { method: 'PUT', ...jsonBody(body) }, settings, tools);
      if (isUnknown(answer)) return postIsGone;
      return lostMedia(answer) ? withoutMedia(answer) : made(answer, tools);
    } catch (error) {
      return resultOfFailure(error);
    }
  },

  async withdraw({ remote }, settings, tools) {
    try {
      const answer = await call(`${path(remote!.id)}?delete_media=true`, { method: 'DELETE' }, settings, tools);
      const isGone = isUnknown(answer) || (answer.status === 200 && answer.json !== null);
      return isGone ? { kind: 'sent', id: remote!.id, url: null } : resultOf(answer, tools.clock.now());
    } catch (error) {
      return resultOfFailure(error);
    }
  },
};

/** Before a key is sent again after a 5xx. */
const patience = 60_000;

/** A page that something in between answers says nothing of the post. */
const isUnknown = ({ status, error }: Answer) => status === 404 && error !== '';

const path = (id: string) => `/api/v1/statuses/${encodeURIComponent(id)}`;

async function show(sending: Sending<Prepared>, place: Place, settings: MastodonSettings, tools: ChannelTools) {
  try {
    const answer = await post(sending, place, settings, tools);
    if (lostMedia(answer)) return await afterLostMedia(answer, sending, settings, tools);
    return waitsWithKey(made(answer, tools), answer, tools);
  } catch (error) {
    return resultOfFailure(error);
  }
}

/** Where it stands, and who sees it there. */
interface Place {
  visibility: MastodonSettings['visibility'];
  in_reply_to_id?: string;
}

function post(
  { key, post, prepared }: Sending<Prepared>,
  place: Place,
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<Answer> {
  const ids = (prepared?.media ?? []).map(({ id }) => id);
  const { headers, body } = jsonBody({
    ...statusOf(post, settings),
    ...place,
    ...(ids.length > 0 && { media_ids: ids }),
  });
  return call(
    '/api/v1/statuses',
    { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body },
    settings,
    tools,
  );
}

function made(answer: Answer, tools: ChannelTools): SendResult {
  const { status, json } = answer;
  if (status !== 200 || !isId(json?.id)) return resultOf(answer, tools.clock.now());
  const url = typeof json.url === 'string' ? json.url : null;
  return { kind: 'sent', id: json.id, url, ...restOf(answer, tools.clock.now()) };
}

/** An answer that came too late for the server's own proxy: a repeat at once would meet the first still at work. */
function waitsWithKey(result: SendResult, { status }: Answer, { clock }: ChannelTools): SendResult {
  if (result.kind !== 'ambiguous' || status < 500) return result;
  return { ...result, retryAt: Math.max(result.retryAt ?? 0, clock.now() + patience) };
}

const lostMedia = ({ status, error }: Answer) => status === 422 && /not found or already attached/i.test(error);

/** They were purged while the post waited, or an earlier try used them after the server forgot its key. */
async function afterLostMedia(
  refusal: Answer,
  sending: Sending<Prepared>,
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<SendResult> {
  try {
    const made = await statusWithMedia(new Set(sending.prepared?.media.map(({ id }) => id)), settings, tools);
    return made ? sent(made) : withoutMedia(refusal);
  } catch (error) {
    const reason = `the server does not know the photos any more, nor did it show our own posts: ${messageOf(error)}`;
    return { kind: 'notSent', reason };
  }
}

function withoutMedia({ error }: Answer): SendResult {
  return { kind: 'notSent', reason: `the photos are uploaded again: ${error}`, prepareAgain: true };
}

/** An edit keeps the photos that stand at the post under their ids. */
async function standingMedia(
  { remote, earlier }: Sending<Prepared>,
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<Prepared['media']> {
  if (!remote || !earlier?.media.length) return [];
  const answer = await call(path(remote.id), {}, settings, tools);
  if (answer.status === 404) return [];
  if (answer.status !== 200) throw new NotPrepared(resultOf(answer, tools.clock.now()));
  const attached: any[] = answer.json?.media_attachments ?? [];
  return earlier.media.filter(({ id }) => attached.some((media) => media?.id === id));
}
