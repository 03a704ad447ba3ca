/** Ends a try: the row first, guarded by its fence, then the channel's breaker, alerts and the log. */
import { keepWord } from '#src/core/age.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { mask, secretsIn } from '#src/core/mask.ts';
import { done, later, type Outcome, type SendResult } from '#src/core/outcome.ts';
import { countResult } from '#src/delivery/breaker.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { endingOf } from '#src/delivery/ending.ts';
import type { Refusal } from '#src/delivery/guards.ts';
import type { Work } from '#src/delivery/work.ts';

/** A row that may not go is not claimed: its list of tries stays one of tries. */
export async function turnAway({ delivery, before }: Work, refused: Refusal, deps: DeliveryDeps): Promise<Outcome> {
  const { deliveries } = deps.ledger;
  const now = deps.clock.now();
  if (refused.kind === 'end') {
    const moved = await deliveries.move(delivery.id, [before], refused.state, { reason: refused.reason, now });
    if (moved && refused.state === 'parked') alert(delivery, 'parked', refused.reason, deps);
    return done;
  }
  const reason = keepWord(delivery.reason, refused.reason);
  await deliveries.move(delivery.id, [before], before, { reason, dueAt: refused.until, now });
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
  if (recorded && !waits && refused.state === 'parked') alert(delivery, 'parked', refused.reason, deps);
  return waits ? later(refused.until) : done;
}

/** `as` names the result in the list of tries where it is not the result's own kind. */
export async function recordResult(
  work: Work,
  result: SendResult | { kind: 'lost' },
  deps: DeliveryDeps,
  as?: 'crashed',
): Promise<Outcome> {
  if (result.kind === 'lost') return done;
  const { delivery, settings } = work;
  const told = withoutSecrets(result, secretsIn(settings.settings));
  const now = deps.clock.now();
  const ending = endingOf(work, told, now, fraction(deps));
  const detail = told.kind === 'sent' ? null : told.reason;
  const fields = {
    deliveryId: delivery.id,
    articleId: delivery.articleId,
    channelId: settings.id,
    state: ending.state,
  };
  const recorded = await deps.ledger.deliveries.record(delivery.id, delivery.fence, {
    ...ending,
    now,
    result: as ?? told.kind,
    detail,
  });
  if (!recorded) {
    deps.log.warn(`a late answer of ${settings.id} was not recorded: another worker settles the post`, fields);
    return done;
  }
  deps.journal.note({ kind: 'attempt', channelId: settings.id, op: delivery.op, result: as ?? told.kind });
  if (!as) await countResult(settings.id, told, deps);
  if (ending.state === 'parked' || ending.state === 'dead') {
    alert(delivery, ending.state, ending.reason ?? '', deps);
  }
  deps.log.debug(`${delivery.op} on ${settings.id}: ${ending.state}${detail ? `: ${detail}` : ''}`, fields);
  return ending.dueAt === undefined ? done : later(ending.dueAt);
}

function alert(delivery: Delivery, state: 'parked' | 'dead', reason: string, deps: DeliveryDeps): void {
  deps.alerts.raise({
    cause: `delivery:${delivery.id}:${state}`,
    message: `A post on ${delivery.channelId} is ${state}: ${reason}`,
    next: `npx --no-install loa delivery retry ${delivery.id}, or: delivery cancel ${delivery.id}, or: delivery adopt ${delivery.id} URL`,
  });
}

function withoutSecrets(result: SendResult, secrets: string[]): SendResult {
  return result.kind === 'sent' ? result : { ...result, reason: mask(result.reason, secrets) };
}

/** In [0, 1). */
function fraction({ random }: DeliveryDeps): number {
  const [a = 0, b = 0] = random(2);
  return (a * 256 + b) / 65536;
}
