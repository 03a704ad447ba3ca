/** Posts of an account on Mastodon, or a server that speaks its API. */
import type { Channel, ChannelTools, Sending } from '#src/channels/channel.ts';
import { checkAccount, ownAccount } from '#src/channels/mastodon/account.ts';
import { type Answer, call, jsonBody, resultOf } from '#src/channels/mastodon/call.ts';
import { limitsOf } from '#src/channels/mastodon/facts.ts';
import { type Prepared, uploadAll } from '#src/channels/mastodon/media.ts';
import { type MastodonSettings, settings } from '#src/channels/mastodon/settings.ts';
import { statusOf } from '#src/channels/mastodon/status.ts';
import type { SendResult } from '#src/core/outcome.ts';
import { NotPrepared, resultOfFailure } from '#src/core/send-result.ts';

export const mastodon: Channel<MastodonSettings, Prepared> = {
  kind: 'mastodon',
  settings,
  summary: 'Posts of an account on Mastodon, with photos and alt texts',
  guarantee: () => 'A',
  limits: limitsOf,
  limitsFromServer: true,
  // The server remembers a key for an hour; the rest is for clocks and slow answers.
  keepsKeys: 50 * 60_000,
  check: checkAccount,

  async prepare(sending, settings, tools) {
    return uploadAll(sending, await standingMedia(sending, settings, tools), settings, tools);
  },

  async publish(sending, settings, tools) {
    try {
      const answer = await post(sending, sending.prepared, settings, tools);
      if (answer.status !== 422 || !/not found or already attached/i.test(answer.error)) return made(answer, tools);
      const found = await findMade(sending, settings, tools);
      if (found) return found;
      // Nobody used them: they were purged while the post waited. What was refused showed nothing.
      return made(await post(sending, await uploadAll(sending, [], settings, tools), settings, tools), tools);
    } catch (error) {
      return failure(error);
    }
  },

  async edit(sending, settings, tools) {
    const { remote, post, prepared } = sending;
    const media = prepared?.media ?? [];
    const attributes = media.map(({ id, alt }) => ({ id, description: alt ?? '' }));
    const body = { ...statusOf(post, settings), media_ids: media.map(({ id }) => id), media_attributes: attributes };
    return ask(() => call(path(remote!.id), { method: 'PUT', ...jsonBody(body) }, settings, tools), tools);
  },

  async withdraw({ remote }, settings, tools) {
    try {
      const answer = await call(`${path(remote!.id)}?delete_media=true`, { method: 'DELETE' }, settings, tools);
      const isGone = answer.status === 404 || (answer.status === 200 && answer.json !== null);
      return isGone ? { kind: 'sent', id: remote!.id, url: null } : resultOf(answer, tools.clock.now());
    } catch (error) {
      return resultOfFailure(error);
    }
  },
};

const path = (id: string) => `/api/v1/statuses/${encodeURIComponent(id)}`;

function post({ key, post }: Sending, prepared: Prepared | null, settings: MastodonSettings, tools: ChannelTools) {
  const ids = (prepared?.media ?? []).map(({ id }) => id);
  const { headers, body } = jsonBody({
    ...statusOf(post, settings),
    visibility: settings.visibility,
    ...(ids.length > 0 && { media_ids: ids }),
  });
  return call(
    '/api/v1/statuses',
    { method: 'POST', headers: { ...headers, 'idempotency-key': key }, body },
    settings,
    tools,
  );
}

async function ask(request: () => Promise<Answer>, tools: ChannelTools): Promise<SendResult> {
  try {
    return made(await request(), tools);
  } catch (error) {
    return failure(error);
  }
}

function made(answer: Answer, tools: ChannelTools): SendResult {
  const { status, json } = answer;
  if (status !== 200 || typeof json?.id !== 'string') return resultOf(answer, tools.clock.now());
  return { kind: 'sent', id: json.id, url: typeof json.url === 'string' ? json.url : null };
}

/** What this key may have stood for all along: a post of ours that holds the same photos. */
async function findMade(
  { prepared }: Sending<Prepared>,
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<SendResult | null> {
  const { id } = await ownAccount(settings, tools);
  const query = `/api/v1/accounts/${encodeURIComponent(id)}/statuses?limit=40&exclude_reblogs=true`;
  const answer = await call(query, {}, settings, tools);
  if (answer.status !== 200 || !Array.isArray(answer.json)) {
    return { kind: 'notSent', reason: `the server did not show our own posts (${answer.status})` };
  }
  const ours = new Set(prepared?.media.map((one) => one.id));
  const status = answer.json.find((one: any) => one?.media_attachments?.some((media: any) => ours.has(media?.id)));
  return typeof status?.id === 'string' ? { kind: 'sent', id: status.id, url: status.url ?? null } : null;
}

/** An edit keeps the photos that stand at the post under their ids. */
async function standingMedia(
  { remote, earlier }: Sending<Prepared>,
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<Prepared['media']> {
  if (!remote || !earlier?.media.length) return [];
  const answer = await call(path(remote.id), {}, settings, tools);
  const attached: any[] = answer.status === 200 ? (answer.json?.media_attachments ?? []) : [];
  return earlier.media.filter(({ id }) => attached.some((media) => media?.id === id));
}

/** Before the one post there are uploads and look-ups: what they could not do is not in doubt. */
function failure(error: unknown): SendResult {
  return error instanceof NotPrepared ? error.result : resultOfFailure(error);
}
