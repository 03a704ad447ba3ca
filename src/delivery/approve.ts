/** A person reads a post before it goes out, and may write it anew. */
import { embargoedUntil, sentByHand } from '#src/core/age.ts';
import { segmentsOf } from '#src/core/approved-text.ts';
import type { StoredArticle } from '#src/core/article.ts';
import type { Approval, ShownDelivery } from '#src/core/decisions.ts';
import { type Delivery, isAwaited } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import { fitsLength, postLength } from '#src/core/length.ts';
import type { Post, PostLimits, Segment } from '#src/core/post.ts';
import { composeDelivery } from '#src/delivery/compose-delivery.ts';
import type { ComposeDeps, ComposedPost } from '#src/delivery/compose-post.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { postView } from '#src/delivery/preview.ts';

export type ApproveDeps = ComposeDeps & {
  ledger: Pick<DeliveryDeps['ledger'], 'deliveries'>;
  channels: DeliveryDeps['channels'];
};

/** The very post of a row: as it is frozen, else as it would be composed now. */
export async function showDelivery(id: string, deps: ApproveDeps): Promise<ShownDelivery | null> {
  const delivery = await deps.ledger.deliveries.get(id);
  if (!delivery) return null;
  const configured = deps.channels.get(delivery.channelId);
  const article = await deps.ledger.articles.get(delivery.articleId);
  const isToCome = delivery.state === 'waiting' || delivery.state === 'retry';
  const isTakingBack = delivery.op === 'withdraw' && !delivery.asReply;
  if (!configured || !article || isTakingBack || (!delivery.post && !isToCome))
    return { delivery, post: null, revision: null };
  const { post, limits, tooLong } = delivery.post
    ? { post: delivery.post, limits: await limitsOf(configured, deps), tooLong: null }
    : await composeDelivery(delivery, article, configured, deps);
  const view = postView(post, limits, configured, tooLong ? [tooLong] : []);
  return { delivery, post: view, revision: post.article.revision };
}

/**
 * Lets a row go that waits for it; what is frozen now is what is sent, whatever the article becomes. Throws a `UserError`
 * for a row that stands otherwise and for a text that the channel does not take.
 */
export async function approveByHand(id: string, approval: Approval, deps: ApproveDeps): Promise<Delivery> {
  const { deliveries, articles } = deps.ledger;
  const row = await deliveries.get(id);
  if (!row) throw new UserError(`There is no delivery ${id}.`, { next: 'loa delivery list shows them.' });
  refuseOther(row);
  const configured = deps.channels.get(row.channelId);
  const article = await articles.get(row.articleId);
  if (!configured || !article) {
    throw new UserError(`Channel ${row.channelId} is not in the settings any more.`, { next: 'loa channel list' });
  }
  const composed = await composeDelivery(row, article, configured, deps);
  refuseOlder(composed.post, approval);
  const post = approval.text === undefined ? composed.post : rewritten(composed, article, approval.text, approval.by);
  refuseLonger({ ...composed, post }, approval, configured);
  const now = deps.clock.now();
  const dueAt = (row.op === 'create' ? embargoedUntil(article.publishedAt, now) : null) ?? now;
  const reason = approval.anyway ? sentByHand : null;
  const approved = { post, by: approval.by, now, dueAt, reason };
  const isOurs = await deliveries.approve(id, approved);
  const after = await deliveries.get(id);
  if (!isOurs || !after) refuseOther(after ?? row);
  for (const sibling of await siblingsOf(row, deps)) await deliveries.approve(sibling.id, approved);
  return after ?? row;
}

/** Where each reader gets a post of their own, all get the same: one yes is enough for all of them. */
async function siblingsOf({ id, articleId, channelId, op, asReply, part }: Delivery, deps: ApproveDeps) {
  if (part === '') return [];
  const rows = await deps.ledger.deliveries.list({
    articleIds: [articleId],
    channelId,
    states: ['waiting'],
    limit: 10_000,
  });
  return rows.filter((row) => row.id !== id && row.op === op && row.asReply === asReply && isAwaited(row));
}

function refuseOther(row: Delivery): void {
  if (row.approved) throw new UserError(`Delivery ${row.id} was approved by ${row.approved.by} already.`);
  if (!isAwaited(row)) {
    throw new UserError(`Delivery ${row.id} is ${row.state}: only one that waits for approval can be approved.`, {
      next: 'loa delivery list shows it.',
    });
  }
  if (row.freeAt === null) {
    throw new UserError('The photos of this revision are not done yet.', { next: 'Try again in a minute.' });
  }
}

/** Whoever approves means what they have read. */
function refuseOlder({ article }: Post, { revision }: Approval): void {
  if (revision === undefined || revision === article.revision) return;
  throw new UserError(`The article has changed since: it is at revision ${article.revision} now.`, {
    next: 'Read the post again, then approve it.',
  });
}

function refuseLonger(
  { post: { segments }, limits, tooLong }: ComposedPost,
  { text }: Approval,
  { channel }: ConfiguredChannel,
): void {
  if (text === undefined) {
    if (tooLong !== null)
      throw new UserError(`It cannot be sent as it is: ${tooLong}`, { next: 'Write a shorter text.' });
    return;
  }
  if (fitsLength(segments, limits)) return;
  const { length, unit } = overstepped(segments, limits);
  const counted = postLength(segments, { ...limits, unit });
  throw new UserError(`The text counts ${counted} ${unit}, and ${channel.kind} takes ${length}.`, {
    next: `Shorten it by ${counted - length}.`,
  });
}

/** The measure that it breaks. */
function overstepped(segments: readonly Segment[], limits: PostLimits): { length: number; unit: PostLimits['unit'] } {
  const { length, unit, also } = limits;
  return length !== null && postLength(segments, limits) > length ? { length, unit } : (also ?? { length: 0, unit });
}

function rewritten({ post, limits }: ComposedPost, article: StoredArticle, text: string, by: string): Post {
  const known = [post.link, article.url ?? ''].filter((link) => link !== '');
  const segments = segmentsOf(text, known, limits);
  if (segments.length === 0) throw new UserError('The text is empty.', { next: 'Write what is to be posted.' });
  const isLinked = segments.some((segment) => segment.kind === 'link' && known.includes(segment.url));
  const notes = [
    `the text was written by ${by}`,
    ...(post.link !== '' && !isLinked ? ["the article's link is not in the text"] : []),
  ];
  return { ...post, segments, notes };
}

async function limitsOf({ channel, settings }: ConfiguredChannel, deps: ApproveDeps): Promise<PostLimits> {
  const { facts } = await deps.ledger.channels.state(settings.id, deps.clock.now());
  return channel.limits(settings.settings, facts);
}
