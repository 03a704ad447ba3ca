/** Posts of a Page on Facebook. */

import type { Channel, ChannelTools, Sending } from '#src/channels/channel.ts';
import { checkAccount } from '#src/channels/facebook/account.ts';
import { idInAddress } from '#src/channels/facebook/address.ts';
import { type Answer, call } from '#src/channels/facebook/call.ts';
import { addressOf, findPosts } from '#src/channels/facebook/find.ts';
import { type Prepared, uploadAll } from '#src/channels/facebook/photos.ts';
import { setUp } from '#src/channels/facebook/set-up.ts';
import { type FacebookSettings, settings } from '#src/channels/facebook/settings.ts';
import { restsUntil } from '#src/channels/facebook/usage.ts';
import { isUnknownPost, lostPhotos, resultOf } from '#src/channels/facebook/verdict.ts';
import { postText } from '#src/core/length.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Post } from '#src/core/post.ts';
import { resultOfFailure } from '#src/core/send-result.ts';

export const facebook: Channel<FacebookSettings, Prepared> = {
  kind: 'facebook',
  settings,
  summary: 'Posts of a Page on Facebook, with photos and alt texts, or with a link card',
  setUp,
  guarantee: () => 'C',
  limits: () => ({
    length: 63_206,
    unit: 'utf-16 units',
    linkLength: null,
    photos: 10,
    altLength: 2000,
    captions: 'all',
    photo: { bytes: 4_000_000, pixels: 2048 * 2048, sides: 4096 },
    breakMentions: true,
  }),
  credentialsEnd: true,
  check: checkAccount,
  find: findPosts,
  // A photo that a post holds is no other's.
  preparesForOne: true,
  postAddress: 'https://www.facebook.com/PAGE/posts/NUMBER',
  idOf: (url, { pageId }) => idInAddress(url, pageId),

  // An edit changes the text alone, and a comment is a text.
  async prepare(sending, settings, tools) {
    return sending.remote ? { photos: [], notes: [] } : uploadAll(sending, settings, tools);
  },

  publish: (sending, settings, tools) => publish(sending, settings, tools).catch(resultOfFailure),

  edit: ({ post, remote }, settings, tools) =>
    change(remote!, { method: 'POST', fields: { message: messageOf(post) } }, settings, tools).catch(resultOfFailure),

  withdraw: ({ remote }, settings, tools) =>
    change(remote!, { method: 'DELETE' }, settings, tools).catch(resultOfFailure),

  reply: (sending, settings, tools) => reply(sending, settings, tools).catch(resultOfFailure),
};

async function publish(
  { post, prepared }: Sending<Prepared>,
  settings: FacebookSettings,
  tools: ChannelTools,
): Promise<SendResult> {
  const ids = (prepared?.photos ?? []).map(({ id }) => id);
  // Beside photos Facebook draws no card: there the text alone holds the link.
  const below =
    ids.length > 0
      ? { attached_media: ids.map((id) => ({ media_fbid: id })) }
      : { ...(post.link && { link: post.link }) };
  const fields = { message: messageOf(post), ...below };
  const answer = await call(`/${settings.pageId}/feed`, { method: 'POST', fields }, settings, tools);
  const lost = ids.length > 0 ? lostPhotos(answer, ids, settings.pageId) : null;
  if (lost) {
    const reason = `the photos are uploaded again: ${answer.error!.message}`;
    return { kind: 'notSent', reason, prepareAgain: true, ...(lost === 'perhaps' && { tries: 5 }) };
  }
  if (isUnknownPost(answer) && answer.error?.message.includes(settings.pageId)) {
    const reason = `Facebook does not show the token this Page: ${answer.error.message}`;
    return { kind: 'permanent', scope: 'channel', reason };
  }
  return made(answer, tools);
}

async function reply({ post, remote }: Sending<Prepared>, settings: FacebookSettings, tools: ChannelTools) {
  const ask = { method: 'POST', fields: { message: messageOf(post) } } as const;
  const result = made(await call(`/${encodeURIComponent(remote!.id)}/comments`, ask, settings, tools), tools);
  if (result.kind !== 'sent') return result;
  // A comment has no page of its own.
  const comment = result.id.split('_').at(-1);
  return { ...result, url: `${addressOf(remote!.id)}?comment_id=${comment}` };
}

function made(answer: Answer, { clock }: ChannelTools): SendResult {
  const { status, json, error, headers } = answer;
  if (status !== 200 || error || !/^\d+(_\d+)?$/.test(json?.id)) return resultOf(answer, clock.now());
  const restUntil = restsUntil(headers, clock.now());
  const id = String(json.id);
  return { kind: 'sent', id, url: addressOf(id), ...(restUntil !== null && { restUntil }) };
}

/** What is gone needs no taking back. */
async function change(
  remote: { id: string; url: string | null },
  ask: { method: 'POST' | 'DELETE'; fields?: Record<string, string> },
  settings: FacebookSettings,
  tools: ChannelTools,
): Promise<SendResult> {
  const answer = await call(`/${encodeURIComponent(remote.id)}`, ask, settings, tools);
  const isDelete = ask.method === 'DELETE';
  const isDone = answer.status === 200 && !answer.error && (answer.json?.success === true || answer.json?.id);
  if (isDone || (isDelete && isUnknownPost(answer))) {
    return { kind: 'sent', id: remote.id, url: isDelete ? null : remote.url };
  }
  const result = resultOf(answer, tools.clock.now());
  if (result.kind !== 'permanent' || isOfToken(answer)) return result;
  const what = isDelete ? 'delete' : 'change';
  const where = remote.url ? ` at ${remote.url}` : '';
  const reason = `Facebook does not let Loa ${what} this post: ${result.reason}. Do it by hand${where}`;
  return { kind: 'permanent', scope: 'item', reason };
}

/** Whatever is tried next would be refused too. */
const isOfToken = ({ status, error }: Answer) => status === 401 || error?.code === 102 || error?.code === 190;

function messageOf({ segments }: Post): string {
  return postText(segments).normalize('NFC');
}
