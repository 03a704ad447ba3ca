/** What is done before readers can see anything: composing, once for ever, and uploads. */
import type { Sending } from '#src/channels/channel.ts';
import { composePost } from '#src/core/compose.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { messageOf, UserError } from '#src/core/errors.ts';
import { postLength } from '#src/core/length.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { Post } from '#src/core/post.ts';
import { NotPrepared } from '#src/core/send-result.ts';
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
  if (delivery.op === 'withdraw') return create?.post && channel.withdraw ? post(create.post) : byHand(work, create);
  if (delivery.op === 'edit' && !channel.edit) {
    return { kind: 'end', state: 'skipped', reason: `posts on ${channel.kind} cannot be changed: it stands as it was` };
  }
  if (delivery.post) return post(delivery.post);
  if (create?.post && create.post.article.revision >= delivery.revision) {
    return { kind: 'end', state: 'skipped', reason: 'the post carries this revision already' };
  }
  const composed = await compose(work, deps);
  if (composed.kind !== 'post') return composed;
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
  if (!channel.prepare || sending.prepared !== null || delivery.op === 'withdraw') return { kind: 'prepared', sending };
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

async function compose({ article, channel, settings }: Work, deps: DeliveryDeps) {
  const { articles, photos, channels } = deps.ledger;
  const ready = await articles.revision(article.id, article.readyRevision);
  const { facts } = await channels.state(settings.id, deps.clock.now());
  const limits = channel.limits(settings.settings, facts);
  try {
    const composed = composePost({
      article: ready ?? article,
      photos: await photos.forArticles([article.id]),
      channel: settings,
      limits,
      publicUrl: deps.settings.publicUrl,
      site: deps.settings.site,
    });
    if (limits.length === null || postLength(composed.segments, limits) <= limits.length) return post(composed);
    return park(`the link alone is longer than the ${limits.length} ${limits.unit} that ${channel.kind} takes`);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return park([error.message, error.next ?? ''].join('. '));
  }
}

function byHand({ channel }: Work, create: Delivery | null): Refusal {
  const where = create?.remote?.url ? ` at ${create.remote.url}` : '';
  return park(`posts on ${channel.kind} cannot be taken back by Loa: delete it by hand${where}, then cancel this row`);
}

function notPrepared(error: unknown): SendResult {
  if (error instanceof NotPrepared) return error.result;
  if (error instanceof UserError) return { kind: 'permanent', scope: 'item', reason: messageOf(error) };
  return { kind: 'notSent', reason: messageOf(error) };
}

const post = (composed: Post) => ({ kind: 'post', post: composed }) as const;
const park = (reason: string): Refusal => ({ kind: 'end', state: 'parked', reason });
