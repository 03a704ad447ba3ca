/** When a photo is left out of a post, and when the post waits for it: the same on every service. */
import type { ChannelTools, Sending } from '#src/channels/channel.ts';
import { messageOf } from '#src/core/errors.ts';
import type { PostPhoto } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';

/** This photo will never be taken; the others may. */
export class Unfit extends Error {}

/** The service takes no more photos just now, and says when it will: no reason to go without. */
export class Limited extends NotPrepared {}

/** How long a post is tried while a service fails with its photos; then it goes without them. */
const patience = 10 * 60_000;

/** `leaveOut` notes the photo, or throws the error again while trying later may bring it. */
export function photoTroubles({ post, failingSince }: Sending, tools: ChannelTools) {
  const notes: string[] = [];
  const hasWaited = failingSince !== undefined && tools.clock.now() - Date.parse(failingSince) >= patience;
  return {
    notes,
    leaveOut(photo: PostPhoto, error: unknown): void {
      const isFinal = error instanceof Unfit || (hasWaited && !(error instanceof Limited));
      if (!isFinal || isOfChannel(error) || tools.signal.aborted) throw error;
      const place = post.photos.indexOf(photo) + 1;
      const note = `photo ${place} of ${post.photos.length} left out: ${messageOf(error)}`;
      notes.push(note);
      tools.log.warn(note, { channel: tools.channelId });
    },
  };
}

const isOfChannel = (error: unknown) => error instanceof NotPrepared && error.result.kind === 'permanent';
