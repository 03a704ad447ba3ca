/** Photos on their way to the server: uploaded with their alt texts before the post, seen by nobody until then. */
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { Limited, photoTroubles, Unfit } from '#src/channels/left-out.ts';
import { type Answer, call, isId, resultOf } from '#src/channels/mastodon/call.ts';
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
import { multipart } from '#src/channels/multipart.ts';
import { timeLeft, uploadsUntil } from '#src/channels/upload-time.ts';
import type { PostPhoto } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';

export interface Uploaded {
  id: string;
  /** Of our rendition: known again by it at an edit. */
  file: string;
  alt: string | null;
}

export interface Prepared {
  media: Uploaded[];
  /** What was left out, in plain words. */
  notes: string[];
}

const pollEvery = 1000;

/** Every photo that the server takes. Throws `NotPrepared` while trying again later may bring more. */
export async function uploadAll(
  sending: Sending<Prepared>,
  standing: readonly Uploaded[],
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<Prepared> {
  const until = uploadsUntil(tools);
  const media: Uploaded[] = [];
  const unready = new Set<string>();
  const { post } = sending;
  const { notes, leaveOut } = photoTroubles(sending, tools);
  for (const photo of post.photos) {
    const there = standing.find(({ file }) => file === photo.file);
    try {
      const { id, isReady } = there ? { id: there.id, isReady: true } : await upload(photo, until, settings, tools);
      media.push({ id, file: photo.file, alt: photo.alt });
      if (!isReady) unready.add(id);
    } catch (error) {
      leaveOut(photo, error);
    }
  }
  for (const one of media.filter(({ id }) => unready.has(id))) {
    try {
      await processed(one.id, until, settings, tools);
    } catch (error) {
      leaveOut(post.photos.find(({ file }) => file === one.file)!, error);
      media.splice(media.indexOf(one), 1);
    }
  }
  return { media, notes };
}

/** `isReady` is false while the server still works on it. */
async function upload(
  photo: PostPhoto,
  until: number,
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<{ id: string; isReady: boolean }> {
  const bytes = await tools.photo(photo.file);
  if (!bytes) throw new Unfit('its file is gone');
  const ask = { method: 'POST', ...form(photo, bytes), timeoutMs: timeLeft(until, tools), patient: true } as const;
  const answer = await call('/api/v2/media', ask, settings, tools);
  const id = answer.json?.id;
  if ((answer.status !== 200 && answer.status !== 202) || !isId(id)) throw refusal(answer, tools);
  return { id, isReady: answer.status === 200 };
}

async function processed(id: string, until: number, settings: MastodonSettings, tools: ChannelTools): Promise<void> {
  for (;;) {
    const timeoutMs = timeLeft(until, tools);
    const answer = await call(`/api/v1/media/${encodeURIComponent(id)}`, { timeoutMs }, settings, tools);
    if (answer.status === 200) return;
    if (answer.status !== 206) throw refusal(answer, tools);
    if (tools.clock.monotonic() >= until) {
      throw new NotPrepared({ kind: 'notSent', reason: 'the server has not come to an end with processing a photo' });
    }
    await tools.clock.sleep(pollEvery, tools.signal);
  }
}

function refusal(answer: Answer, tools: ChannelTools): Error {
  const result = resultOf(answer, tools.clock.now());
  if (result.kind === 'permanent' && result.scope === 'item') return new Unfit(result.reason);
  return answer.status === 429 ? new Limited(result) : new NotPrepared(result);
}

function form({ file, type, alt }: PostPhoto, bytes: Uint8Array) {
  return multipart(alt ? { description: alt } : {}, [{ field: 'file', file, type, bytes }]);
}
