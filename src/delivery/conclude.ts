/** Ends a try: the row first, guarded by its fence, then the channel's breaker, alerts and the log. */
import { keepWord } from '#src/core/age.ts';
import type { Delivery, Remote } from '#src/core/delivery.ts';
import { mask, secretsIn } from '#src/core/mask.ts';
import { done, later, type Outcome, type SendResult } from '#src/core/outcome.ts';
import { oneLine } from '#src/core/post-text.ts';
import { toldAddress } from '#src/core/told-address.ts';
import { countResult } from '#src/delivery/breaker.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { postedByHand } from '#src/delivery/desk.ts';
import { endingOf, type NextState } from '#src/delivery/ending.ts';
import type { Refusal } from '#src/delivery/guards.ts';
import { tellPerson } from '#src/delivery/tell-person.ts';
import { gateSlack } from '#src/delivery/times.ts';
import type { Work } from '#src/delivery/work.ts';

/** A row that may not go is not claimed: its list of tries stays one of tries. */
export async function turnAway({ delivery, before }: Work, refused: Refusal, deps: DeliveryDeps): Promise<Outcome> {
  const { deliveries } = deps.ledger;
  // Claimed meanwhile, it is the other worker's.
  const held = { now: deps.clock.now(), fence: delivery.fence };
  if (refused.kind === 'end') {
    const moved = await deliveries.move(delivery.id, [before], refused.state, { reason: refused.reason, ...held });
    if (moved) tellPerson({ ...delivery, ...refused }, deps.alerts);
    return done;
  }
  const reason = keepWord(delivery.reason, refused.reason);
  await deliveries.move(delivery.id, [before], before, { reason, dueAt: refused.until, ...held });
  return later(refused.until);
}

/** The same for a row that is claimed but was not sent. */
export async function giveBack(
  { delivery, before }: Work,
  refused: Refusal | { kind: 'lost' },
  deps: DeliveryDeps,
): Promise<Outcome> {
  if (refused.kind === 'lost') return done;
  const waits = refused.kind === 'wait';
  const recorded = await deps.ledger.deliveries.record(delivery.id, delivery.fence, {
    state: waits ? before : refused.state,
    reason: waits ? keepWord(delivery.reason, refused.reason) : refused.reason,
    now: deps.clock.now(),
    ...(waits ? { dueAt: refused.until } : {}),
    result: 'refused at the gate',
    detail: refused.reason,
  });
  if (recorded && !waits) tellPerson({ ...delivery, ...refused }, deps.alerts);
  return recorded && waits ? later(refused.until) : done;
}

/** What was written by hand is shown with its address. */
export async function recordByHand({ delivery }: Work, remote: Remote, deps: DeliveryDeps): Promise<Outcome> {
  await deps.ledger.deliveries.record(delivery.id, delivery.fence, {
    ...{ state: 'skipped', reason: postedByHand, remote, now: deps.clock.now(), result: 'looked' },
  });
  return done;
}

/** The end of a claim that only looked. */
export async function concludeLook(
  { delivery }: Work,
  next: NextState,
  look: { result: 'looked' | 'not looked'; detail: string; leaseUntil?: number },
  deps: DeliveryDeps,
): Promise<Outcome> {
  const reason = next.reason === null ? null : keepWord(delivery.reason, next.reason);
  const ending = { ...next, reason: next.state === 'retry' ? reason : next.reason, ...look, now: deps.clock.now() };
  const recorded = await deps.ledger.deliveries.record(delivery.id, delivery.fence, ending);
  return recorded ? settled(delivery, next, look.result, deps) : done;
}

/** What a dead worker left behind; `passed`: it had come through the last gate. */
export function recordCrash(work: Work, passed: boolean, deps: DeliveryDeps): Promise<Outcome> {
  const reason = 'the worker stopped while it was sending';
  const leaseUntil = work.delivery.leaseUntil ?? 0;
  if (!passed) return recordResult(work, { kind: 'notSent', reason }, deps, { as: 'stopped', leaseUntil });
  // Its last request had to begin and end within the lease.
  const sentBy = leaseUntil - gateSlack;
  return recordResult(work, { kind: 'ambiguous', reason }, deps, { as: 'crashed', sentBy, leaseUntil });
}

/** `as` names the result in the list of tries where it is not the result's own kind. */
export async function recordResult(
  work: Work,
  result: SendResult | { kind: 'lost' },
  deps: DeliveryDeps,
  { as, sentBy, leaseUntil }: { as?: 'crashed' | 'stopped'; sentBy?: number; leaseUntil?: number } = {},
): Promise<Outcome> {
  if (result.kind === 'lost') return done;
  const { delivery, settings } = work;
  const told = withoutSecrets(result, secretsIn(settings.settings));
  const now = deps.clock.now();
  const next = endingOf(told, { work, now, chance: fraction(deps), deps, ...(sentBy !== undefined && { sentBy }) });
  const tried = { result: as ?? told.kind, detail: detailOf(told) };
  const ending = { ...next, ...tried, now, ...(leaseUntil !== undefined && { leaseUntil }) };
  if (!(await deps.ledger.deliveries.record(delivery.id, delivery.fence, ending))) {
    const fields = { deliveryId: delivery.id, articleId: delivery.articleId, channelId: settings.id };
    deps.log.warn(`a late answer of ${settings.id} was not recorded: another worker settles the post`, fields);
    return done;
  }
  if (!as) await countResult(settings.id, told, deps);
  return settled(delivery, next, ending.result, deps);
}

function settled(delivery: Delivery, { state, reason, dueAt }: NextState, result: string, deps: DeliveryDeps): Outcome {
  const { id, articleId, channelId, op } = delivery;
  deps.journal.note({ kind: 'attempt', channelId, op, result });
  tellPerson({ ...delivery, state, reason }, deps.alerts);
  const fields = { deliveryId: id, articleId, channelId, state };
  deps.log.debug(`${op} on ${channelId}: ${state}${reason ? `: ${reason}` : ''}`, fields);
  return dueAt === undefined ? done : later(dueAt);
}

/** As it may be kept and shown: what a service says is other people's text. */
function withoutSecrets(result: SendResult, secrets: string[]): SendResult {
  const told = (text: string) => cut(oneLine(mask(text.slice(0, 64 * 1024), secrets)));
  if (result.kind !== 'sent') return { ...result, reason: told(result.reason) };
  const { url, notes = [] } = result;
  return { ...result, url: toldAddress(url, secrets), notes: notes.map(told) };
}

/** Some certificates alone hold pages of names. */
const longest = 1000;

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text);

/** For the list of tries; null where there is nothing to say. */
function detailOf(result: SendResult): string | null {
  return result.kind === 'sent' ? result.notes?.join('. ') || null : result.reason;
}

/** In [0, 1). */
function fraction({ random }: DeliveryDeps): number {
  const [a = 0, b = 0] = random(2);
  return (a * 256 + b) / 65536;
}
