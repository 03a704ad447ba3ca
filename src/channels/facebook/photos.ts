/** Photos on their way to the Page: uploaded unpublished, seen by nobody until a post holds them. */
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { call } from '#src/channels/facebook/call.ts';
import type { FacebookSettings } from '#src/channels/facebook/settings.ts';
import { resultOf } from '#src/channels/facebook/verdict.ts';
import { Limited, photoTroubles, Unfit } from '#src/channels/left-out.ts';
import { timeLeft, uploadsUntil } from '#src/channels/upload-time.ts';
import { captionLine } from '#src/core/caption-line.ts';
import { breakMentions } from '#src/core/mention.ts';
import type { PostPhoto } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';

export interface Prepared {
  /** In their order. */
  photos: { id: string; file: string }[];
  /** What was left out, in plain words. */
  notes: string[];
}

/** Every photo that the Page takes. Throws `NotPrepared` while trying again later may bring more. */
export async function uploadAll(
  sending: Sending<Prepared>,
  settings: FacebookSettings,
  tools: ChannelTools,
): Promise<Prepared> {
  const until = uploadsUntil(tools);
  const { notes, leaveOut } = photoTroubles(sending, tools);
  const photos: Prepared['photos'] = [];
  for (const photo of sending.post.photos) {
    try {
      photos.push({ id: await upload(photo, until, settings, tools), file: photo.file });
    } catch (error) {
      leaveOut(photo, error);
    }
  }
  return { photos, notes };
}

async function upload(
  photo: PostPhoto,
  until: number,
  settings: FacebookSettings,
  tools: ChannelTools,
): Promise<string> {
  const bytes = await tools.photo(photo.file);
  if (!bytes) throw new Unfit('its file is gone');
  const { file, type, alt } = photo;
  // A Page named in it would be told, as in the post itself.
  const words = breakMentions(captionLine(photo).normalize('NFC'));
  const fields = {
    published: 'false',
    ...(words && { caption: words }),
    ...(alt && { alt_text_custom: alt.normalize('NFC') }),
  };
  const timeoutMs = timeLeft(until, tools);
  const ask = { method: 'POST', fields, files: [{ field: 'source', file, type, bytes }], timeoutMs } as const;
  const answer = await call(`/${settings.pageId}/photos`, ask, settings, tools);
  const id = answer.json?.id;
  if (answer.status === 200 && !answer.error && /^\d+$/.test(id)) return String(id);
  const result = resultOf(answer, tools.clock.now());
  if (result.kind === 'permanent' && result.scope === 'item') throw new Unfit(result.reason);
  // A failure that names a time is one all the same.
  throw result.kind === 'notSent' && result.retryAt !== undefined ? new Limited(result) : new NotPrepared(result);
}
