/** Ghost's webhooks: post.published, post.published.edited, post.unpublished, post.deleted. */
import { checkPushSignature } from '#src/core/push-signature.ts';
import type { ArticleRef } from '#src/core/signal.ts';
import { decodeText } from '#src/markup/charset.ts';
import { readNoisyJson } from '#src/sources/cms/json-answer.ts';
import { changedRef, contentStamp, goneRef } from '#src/sources/cms/post.ts';
import { isForAll, postId, readGhostPost, timeOf } from '#src/sources/ghost/post.ts';
import type { GhostSettings } from '#src/sources/ghost/settings.ts';
import type { PushRequest, Received } from '#src/sources/source.ts';

/** The body never says which event it is (https://docs.ghost.org/webhooks): the post's state tells. */
export function receiveGhost(request: PushRequest, settings: GhostSettings): Received {
  const { headers, body, now } = request;
  if (!settings.webhookSecret) {
    return { kind: 'refused', status: 401, reason: 'this source has no `webhookSecret` in its settings' };
  }
  const signature = checkPushSignature({ headers, body, now }, settings.webhookSecret);
  if (!signature.valid) return { kind: 'refused', status: 401, reason: signature.reason };
  const { post } = (readNoisyJson(decodeText(body)) ?? {}) as { post?: { current?: unknown; previous?: unknown } };
  if (typeof post !== 'object' || post === null) {
    return { kind: 'refused', status: 400, reason: 'its body holds no post: only webhooks of posts are understood' };
  }
  const ref = toRef(post.current, post.previous, now);
  return { kind: 'accepted', messageId: signature.messageId, refs: ref ? [ref] : [], poll: true };
}

function toRef(current: unknown, previous: unknown, now: number): ArticleRef | null {
  const { status, updated_at } = (current ?? {}) as { status?: unknown; updated_at?: unknown };
  const id = idOf(current) ?? idOf(previous);
  if (id === null) return null;
  if (status === 'sent') return null;
  if (idOf(current) === null || (typeof status === 'string' && status !== 'published')) {
    // Drafts that never were published are not known: they go nowhere.
    return goneRef(id, `gone ${now}`, timeOf(updated_at));
  }
  const read = readGhostPost(current);
  if (read === null || !('post' in read)) return null;
  const { post } = read;
  // Ghost tells its webhooks all of a post that is for members: what all may read is asked for.
  return changedRef(isForAll(current) ? post : { ...post, brief: true }, contentStamp(post));
}

function idOf(post: unknown): string | null {
  const { id } = (post ?? {}) as { id?: unknown };
  return typeof id === 'string' && postId.test(id) ? id : null;
}
