/** A channel whose service fails rests; one that refuses us is paused until a person acts. */
import { channelAlert } from '#src/core/alert-cause.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { channelRests, type Refusal } from '#src/delivery/guards.ts';
import type { RestRule } from '#src/stores/channels.ts';

/** Five failures in a row open the breaker; then it rests 30 s, doubling to 15 min. */
const rule: RestRule = { failures: 5, shortest: 30_000, longest: 15 * 60_000 };

/** Lets one probe through after a rest, in whatever process: the others wait for what becomes of it. */
export async function takeProbe(channelId: string, deps: DeliveryDeps): Promise<Refusal | null> {
  const { channels } = deps.ledger;
  const now = deps.clock.now();
  const { failures } = await channels.state(channelId, now);
  if (failures < rule.failures) return null;
  const until = now + rule.shortest;
  return (await channels.takeProbe(channelId, now, until)) ? null : { kind: 'wait', until, reason: channelRests };
}

/** Counts the result for the channel; opens, closes or pauses it, with an alert. */
export async function countResult(channelId: string, result: SendResult, deps: DeliveryDeps): Promise<void> {
  if (result.kind === 'sent') {
    await recovered(channelId, deps);
    if (result.restUntil !== undefined) await deps.ledger.channels.update(channelId, { openUntil: result.restUntil });
    return;
  }
  const isPermanent = result.kind === 'permanent';
  if (isPermanent && result.scope === 'channel') return pause(channelId, result.reason, deps);
  if (isPermanent && !result.mayBeGeneral) return;
  const failed = { now: deps.clock.now(), askedUntil: (!isPermanent && result.retryAt) || null, rule };
  const failures = await deps.ledger.channels.countFailure(channelId, failed);
  if (failures < rule.failures) return;
  if (isPermanent) return pause(channelId, result.reason, deps);
  deps.alerts.raise({
    cause: channelAlert(channelId, 'failing'),
    message: `Channel ${channelId} failed ${failures} times in a row: ${result.reason}`,
    next: 'It is tried again by itself; look at the service if it goes on.',
  });
}

async function recovered(channelId: string, deps: DeliveryDeps): Promise<void> {
  const failedBefore = await deps.ledger.channels.endFailures(channelId);
  if (failedBefore) deps.alerts.resolve(channelAlert(channelId, 'failing'));
}

async function pause(channelId: string, reason: string, deps: DeliveryDeps): Promise<void> {
  await deps.ledger.channels.update(channelId, { paused: true, pausedReason: reason });
  deps.alerts.raise({
    cause: channelAlert(channelId, 'refused'),
    message: `Channel ${channelId} was paused: ${reason}`,
    next: `Correct its settings, then: npx --no-install loa channel resume ${channelId}`,
  });
}
