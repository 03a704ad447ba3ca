/** Looks on the account for a post of which nobody knows whether it stands. Nothing is sent. */
import type { OwnPost } from '#src/channels/channel.ts';
import { soughtReason } from '#src/core/delivery.ts';
import { messageOf } from '#src/core/errors.ts';
import { done, type Outcome } from '#src/core/outcome.ts';
import { concludeLook, turnAway } from '#src/delivery/conclude.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { postedByHand } from '#src/delivery/desk.ts';
import {
  type DoubtEnd,
  historyOf,
  looksUntil,
  mayResend,
  notFoundAndWithdrawn,
  unsettled,
} from '#src/delivery/doubt.ts';
import type { NextState } from '#src/delivery/ending.ts';
import { channelRests } from '#src/delivery/guards.ts';
import { listOwnPosts, sight } from '#src/delivery/own-posts.ts';
import { clockDifference, leaseTime, lookEvery, mostLooks } from '#src/delivery/times.ts';
import type { Work } from '#src/delivery/work.ts';

/** The reason of a row whose post was not sent by it, as far as anybody knows, and stands there. */
export const foundThere = "found among the account's own posts";

/** One look, within a claim of its own. */
export async function lookForPost(work: Work, deps: DeliveryDeps): Promise<Outcome> {
  const { ledger, clock } = deps;
  const now = clock.now();
  const { openUntil } = await ledger.channels.state(work.settings.id, now);
  const until = looksUntil(work, now);
  if (openUntil !== null && openUntil > now) {
    if (until <= now) return turnAway(work, unsettled(work, channelRests), deps);
    const reason = soughtReason(channelRests, work.channel.kind);
    return turnAway(work, { kind: 'wait', until: Math.min(openUntil, until), reason }, deps);
  }
  const { id, fence } = work.delivery;
  const claim = await ledger.deliveries.claim(id, now, now + leaseTime, 'look', fence);
  if (!claim) return done;
  const claimed = { ...work, delivery: claim.delivery };
  const since = historyOf(work).unknown[0]!.startedAt - clockDifference;
  try {
    const { posts, complete } = await listOwnPosts(work, since, deps);
    const recent = posts.filter(({ at }) => at >= since);
    const { ours, byHand } = await sight(claimed, recent, deps);
    const next = ours ? sent(ours) : afterLook(claimed, { complete, byHand }, clock.now());
    return concludeLook(claimed, next, { result: 'looked', detail: ours ? foundThere : 'not found' }, deps);
  } catch (error) {
    return concludeLook(claimed, ...failedLook(claimed, messageOf(error), clock.now()), deps);
  }
}

/** What a look that came to no end means for the row: one more later, or a person. */
export function failedLook(
  work: Work,
  trouble: string,
  now: number,
): [NextState, { result: 'not looked'; detail: string }] {
  const { kind } = work.channel;
  const { looks, found } = historyOf(work);
  // Enough were made: it is known not to stand there, and no more in doubt.
  const next = found(looks) >= mostLooks ? now + lookEvery : nextLook(work, now);
  const state: NextState =
    next === null
      ? leave(unsettled(work, trouble))
      : { state: 'retry', reason: `it could not be looked for on ${kind}: ${trouble}`, dueAt: next };
  return [state, { result: 'not looked', detail: trouble }];
}

function afterLook(
  work: Work,
  { complete, byHand }: { complete: boolean; byHand: OwnPost | null },
  now: number,
): NextState {
  const { kind } = work.channel;
  const { looks, found } = historyOf(work);
  const made = found(looks) + 1;
  if (made < mostLooks) {
    const next = nextLook(work, now);
    const reason = `it was looked for on ${kind} ${made} of ${mostLooks} times and not found yet`;
    return next === null ? leave(unsettled(work)) : { state: 'retry', reason, dueAt: next };
  }
  if (work.article.state === 'withdrawn' && complete) return leave(notFoundAndWithdrawn(work));
  // Readers have it from the desk: ours is not missed.
  if (byHand) return { state: 'skipped', reason: postedByHand, remote: { id: byHand.id, url: byHand.url } };
  const sure = complete || work.settings.onUnknown === 'resend';
  if (!sure || !mayResend(work)) return leave(unsettled(work));
  return { state: 'retry', reason: `it was looked for on ${kind} and not found: it is sent again`, dueAt: now };
}

/** Null when no further one is worth waiting for. */
function nextLook(work: Work, now: number): number | null {
  return now >= looksUntil(work, now) ? null : now + lookEvery;
}

const sent = ({ id, url }: OwnPost): NextState => ({ state: 'sent', reason: foundThere, remote: { id, url } });
const leave = ({ state, reason }: DoubtEnd): NextState => ({ state, reason });
