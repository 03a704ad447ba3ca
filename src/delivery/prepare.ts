/** What is done before readers can see anything: composing, once for ever, and uploads. */
import { isDeepStrictEqual } from 'node:util';
import type { Sending } from '#src/channels/channel.ts';
import { type Delivery, isByHand } from '#src/core/delivery.ts';
import { byHandStands, cannotChange } from '#src/core/delivery-plan.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Post } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';
import { composeDelivery } from '#src/delivery/compose-delivery.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import type { Refusal } from '#src/delivery/guards.ts';
import { prepareTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';
import type { Work } from '#src/delivery/work.ts';

type Lost = { kind: 'lost' };
const lost: Lost = { kind: 'lost' };

/** The post of this row: composed from the newest ready revision at its first claim, the same ever after. */
export async function freezePost(
  work: Work,
  create: Delivery | null,
  deps: DeliveryDeps,
): Promise<{ kind: 'post'; post: Post } | Refusal | Lost> {
  const { delivery, channel } = work;
  const unfit = create && whyNot(work, create);
  if (unfit) return unfit;
  if (delivery.op === 'withdraw' && !delivery.asReply) {
    return create?.post && channel.withdraw ? post(takenBack(create.post, delivery)) : leaveToPerson(work, create);
  }
  if (delivery.post) return post(delivery.post);
  const composed = await compose(work, deps);
  if (composed.kind !== 'post') return composed;
  if (create && (await saysTheSame(work, create, composed.post, deps))) return skip('the post says the same already');
  const frozen = await deps.ledger.deliveries.freezePost(delivery.id, delivery.fence, composed.post);
  return frozen ? post(frozen) : lost;
}

/** Uploads and the like, made once and kept in the row; a failure here is never ambiguous. */
export async function prepareOnce(
  work: Work,
  post: Post,
  create: Delivery | null,
  deps: DeliveryDeps,
): Promise<{ kind: 'prepared'; sending: Sending } | SendResult | Lost> {
  const { delivery, channel, settings, attempts } = work;
  const failed = attempts.find(({ result }) => result === 'notSent');
  const sending: Sending = {
    key: delivery.key,
    post,
    prepared: delivery.prepared ?? null,
    remote: create?.remote ?? null,
    part: delivery.part,
    ...(create?.prepared != null && { earlier: create.prepared }),
    at: new Date(delivery.createdAt).toISOString(),
    ...(failed && { failingSince: new Date(failed.startedAt).toISOString() }),
  };
  const isTakenBack = delivery.op === 'withdraw' && !delivery.asReply;
  if (!channel.prepare || sending.prepared !== null || isTakenBack) return { kind: 'prepared', sending };
  try {
    const prepared = await withDeadline(prepareTimeout, deps, (signal) =>
      channel.prepare!(sending, settings.settings, channelTools(work, signal, deps)),
    );
    const saved = await deps.ledger.deliveries.savePrepared(delivery.id, delivery.fence, prepared);
    return saved ? { kind: 'prepared', sending: { ...sending, prepared } } : lost;
  } catch (error) {
    return notPrepared(error);
  }
}

/** As it stands, by the article's last revision: programs that compare them must not take its end for older news. */
function takenBack(post: Post, { revision }: Delivery): Post {
  return { ...post, article: { ...post.article, revision } };
}

/** Why a correction or withdrawal has no post of ours to act on, or no way to. */
function whyNot(work: Work, create: Delivery): Refusal | null {
  const { delivery, channel } = work;
  if (isByHand(create)) return delivery.op === 'edit' ? skip(byHandStands(create)) : leaveToPerson(work, create);
  if (delivery.op !== 'edit') return null;
  if (!delivery.asReply && !channel.edit) return skip(cannotChange(channel.kind));
  const isCarried = create.post !== null && create.post.article.revision >= delivery.revision;
  return isCarried && delivery.post === null ? skip('the post carries this revision already') : null;
}

/** Whoever shared a post is told of an edit: not for one that nobody could see. */
async function saysTheSame({ delivery, channel }: Work, create: Delivery, composed: Post, deps: DeliveryDeps) {
  if (delivery.op !== 'edit' || delivery.asReply || !channel.editNotifies) return false;
  const { articleId, channelId, part } = delivery;
  const rows = await deps.ledger.deliveries.list({ articleIds: [articleId], channelId, states: ['sent'], limit: 1000 });
  const edits = rows.filter((row) => row.op === 'edit' && !row.asReply && row.part === part);
  const [newest = create] = edits.sort((a, b) => b.revision - a.revision);
  return newest.post !== null && isDeepStrictEqual(shownOf(newest.post), shownOf(composed));
}

const shownOf = ({ segments, link, photos }: Post) => [segments, link, photos.map(({ file, alt }) => [file, alt])];

async function compose({ delivery, article, channel, settings }: Work, deps: DeliveryDeps) {
  try {
    const composed = await composeDelivery(delivery, article, { channel, settings }, deps);
    return composed.tooLong === null ? post(composed.post) : park(composed.tooLong);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return park([error.message, error.next ?? ''].join('. '));
  }
}

function leaveToPerson({ channel }: Work, create: Delivery | null): Refusal {
  if (channel.irrevocable) return skip(channel.irrevocable);
  const where = create?.remote?.url ? ` at ${create.remote.url}` : '';
  if (create && isByHand(create))
    return park(`it was posted by hand${where}: take it back there, then cancel this row`);
  return park(`posts on ${channel.kind} cannot be taken back by Loa: delete it by hand${where}, then cancel this row`);
}

function notPrepared(error: unknown): SendResult {
  if (error instanceof NotPrepared) return error.result;
  if (error instanceof UserError) return { kind: 'permanent', scope: 'item', reason: messageOf(error) };
  return { kind: 'notSent', reason: messageOf(error) };
}

const post = (composed: Post) => ({ kind: 'post', post: composed }) as const;
const park = (reason: string): Refusal => ({ kind: 'end', state: 'parked', reason });
const skip = (reason: string): Refusal => ({ kind: 'end', state: 'skipped', reason });
