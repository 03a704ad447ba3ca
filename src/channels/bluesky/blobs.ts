/** Photos on their way: uploaded as blobs, which nobody sees before a record names them. */
import { isAccountGone, isSessionOver, resultOf } from '#src/channels/bluesky/call.ts';
import type { Blob, RecordPhoto } from '#src/channels/bluesky/record.ts';
import { ask } from '#src/channels/bluesky/session.ts';
import type { BlueskySettings } from '#src/channels/bluesky/settings.ts';
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { Limited, photoTroubles, Unfit } from '#src/channels/left-out.ts';
import { timeLeft, uploadsUntil } from '#src/channels/upload-time.ts';
import { NotPrepared } from '#src/core/send-result.ts';

export interface Uploaded extends RecordPhoto {
  /** Of our rendition, for a further upload. */
  file: string;
}

/** Thumbs of cards: the lexicon's limit, whatever a photo may have. */
export const thumbBytes = 1_000_000;

const longestUpload = 20_000;

/** Every photo that the service takes. Throws `NotPrepared` while trying again later may bring more. */
export async function uploadAll(
  sending: Sending,
  settings: BlueskySettings,
  tools: ChannelTools,
): Promise<{ photos: Uploaded[]; notes: string[] }> {
  const until = uploadsUntil(tools);
  const { notes, leaveOut } = photoTroubles(sending, tools);
  const photos: Uploaded[] = [];
  for (const photo of sending.post.photos) {
    const { file, type, alt, width, height } = photo;
    const timeoutMs = Math.min(timeLeft(until, tools), longestUpload);
    try {
      photos.push({ file, alt, width, height, blob: await uploadBlob(file, type, settings, tools, timeoutMs) });
    } catch (error) {
      leaveOut(photo, error);
    }
  }
  return { photos, notes };
}

/** Throws `Unfit` where it will never be taken, else `NotPrepared`. The same bytes always give the same blob. */
export async function uploadBlob(
  file: string,
  type: string,
  settings: BlueskySettings,
  tools: ChannelTools,
  timeoutMs = longestUpload,
): Promise<Blob> {
  const bytes = await tools.photo(file);
  if (!bytes) throw new Unfit('its file is gone');
  const most = settings.embed === 'card' ? Math.min(settings.photoBytes, thumbBytes) : settings.photoBytes;
  if (bytes.length > most) throw new Unfit(`its file has ${bytes.length} bytes, ${most} are taken`);
  const upload = { method: 'POST', nsid: 'com.atproto.repo.uploadBlob', type, body: bytes, patient: true } as const;
  const { answer } = await ask(() => ({ ...upload, timeoutMs }), settings, tools);
  const { status, json } = answer;
  if (status === 200 && typeof json?.blob?.ref?.$link === 'string' && isShort(json.blob)) return json.blob;
  const result = resultOf(answer, tools.clock.now());
  const isOfAccount = isAccountGone(answer) || isSessionOver(answer);
  if (!isOfAccount && result.kind === 'permanent' && result.scope === 'item') throw new Unfit(result.reason);
  throw status === 429 ? new Limited(result) : new NotPrepared(result);
}

/** It is kept and sent back with the record. */
const isShort = (blob: object) => JSON.stringify(blob).length <= 2000;
