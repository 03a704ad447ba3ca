/** Photos on their way to the server: uploaded with their alt texts before the post, seen by nobody until then. */
import { randomUUID } from 'node:crypto';
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { type Answer, call, resultOf } from '#src/channels/mastodon/call.ts';
import type { MastodonSettings } from '#src/channels/mastodon/settings.ts';
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
const pollFor = 60_000;
/** How long a post waits for a server that fails with its photos; then it goes without them. */
const patience = 10 * 60_000;

/** Every photo that the server takes. Throws `NotPrepared` while trying again later may bring more. */
export async function uploadAll(
  { post, at }: Sending<Prepared>,
  standing: readonly Uploaded[],
  settings: MastodonSettings,
  tools: ChannelTools,
): Promise<Prepared> {
  const media: Uploaded[] = [];
  const notes: string[] = [];
  for (const [index, photo] of post.photos.entries()) {
    const there = standing.find(({ file }) => file === photo.file);
    try {
      const id = there?.id ?? (await upload(photo, settings, tools));
      media.push({ id, file: photo.file, alt: photo.alt });
    } catch (error) {
      if (!(error instanceof Unfit) && (isOfChannel(error) || tools.clock.now() - Date.parse(at) < patience))
        throw error;
      if (tools.signal.aborted) throw error;
      const note = `photo ${index + 1} of ${post.photos.length} left out: ${(error as Error).message}`;
      notes.push(note);
      tools.log.warn(note, { channel: tools.channelId });
    }
  }
  return { media, notes };
}

/** This photo will never be taken; the others may. */
class Unfit extends Error {}

const isOfChannel = (error: unknown) => error instanceof NotPrepared && error.result.kind === 'permanent';

async function upload(photo: PostPhoto, settings: MastodonSettings, tools: ChannelTools): Promise<string> {
  const bytes = await tools.photo(photo.file);
  if (!bytes) throw new Unfit('its file is gone');
  const answer = await call(
    '/api/v2/media',
    { method: 'POST', ...form(photo, bytes), timeoutMs: 60_000 },
    settings,
    tools,
  );
  const id = answer.json?.id;
  if ((answer.status !== 200 && answer.status !== 202) || typeof id !== 'string') throw refusal(answer, tools);
  if (answer.status === 202) await processed(id, settings, tools);
  return id;
}

async function processed(id: string, settings: MastodonSettings, tools: ChannelTools): Promise<void> {
  const until = tools.clock.monotonic() + pollFor;
  for (;;) {
    const answer = await call(`/api/v1/media/${encodeURIComponent(id)}`, {}, settings, tools);
    if (answer.status === 200) return;
    if (answer.status !== 206) throw refusal(answer, tools);
    if (tools.clock.monotonic() >= until) {
      throw new NotPrepared({
        kind: 'notSent',
        reason: 'the server has processed a photo for a minute without an end',
      });
    }
    await tools.clock.sleep(pollEvery, tools.signal);
  }
}

function refusal(answer: Answer, tools: ChannelTools): Error {
  const result = resultOf(answer, tools.clock.now());
  if (result.kind === 'permanent' && result.scope === 'item') return new Unfit(result.reason);
  return new NotPrepared(result);
}

function form({ file, type, alt }: PostPhoto, bytes: Uint8Array) {
  const boundary = `loa-${randomUUID()}`;
  const name = file.slice(file.lastIndexOf('/') + 1);
  const description = alt
    ? `--${boundary}\r\nContent-Disposition: form-data; name="description"\r\n\r\n${alt}\r\n`
    : '';
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`;
  return {
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(description + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}
