/** A channel whose service fails rests; one that refuses us is paused until a person acts. */
import { channelAlert } from '#src/core/alert-cause.ts';
import type { SendResult } from '#src/core/outcome.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import type { ChannelState } from '#src/stores/channels.ts';

/** Failures in a row that open the breaker; then 30 s, doubling to 15 min. */
const mostFailures = 5;
const firstRest = 30_000;
const longestRest = 15 * 60_000;

/** Until when the channel rests after so many failures in a row; null: it need not. */
function restUntil(failures: number, now: number): number | null {
  if (failures < mostFailures) return null;
  return now + Math.min(firstRest * 2 ** Math.min(failures - mostFailures, 10), longestRest);
}

/** Lets one probe through after a rest: the next row waits for what becomes of it. */
export async function takeProbe(channelId: string, deps: DeliveryDeps): Promise<void> {
  const now = deps.clock.now();
  const { failures } = await deps.ledger.channels.state(channelId, now);
  if (failures >= mostFailures) await deps.ledger.channels.update(channelId, { openUntil: now + firstRest });
}

/** Counts the result for the channel; opens, closes or pauses it, with an alert. */
export async function countResult(channelId: string, result: SendResult, deps: DeliveryDeps): Promise<void> {
  const now = deps.clock.now();
  const state = await deps.ledger.channels.state(channelId, now);
  if (result.kind === 'sent') return recovered(state, deps);
  if (result.kind === 'permanent') return result.scope === 'channel' ? pause(state, result.reason, deps) : undefined;
  const failures = state.failures + 1;
  const asked = result.retryAt ?? null;
  const rest = restUntil(failures, now);
  const openUntil = asked === null && rest === null ? state.openUntil : Math.max(asked ?? 0, rest ?? 0);
  await deps.ledger.channels.update(channelId, { failures, openUntil });
  if (failures < mostFailures) return;
  deps.alerts.raise({
    cause: channelAlert(channelId, 'failing'),
    message: `Channel ${channelId} failed ${failures} times in a row: ${result.reason}`,
    next: 'It is tried again by itself; look at the service if it goes on.',
  });
}

async function recovered({ channelId, failures, openUntil }: ChannelState, deps: DeliveryDeps): Promise<void> {
  if (failures === 0 && openUntil === null) return;
  await deps.ledger.channels.update(channelId, { failures: 0, openUntil: null });
  deps.alerts.resolve(channelAlert(channelId, 'failing'));
}

async function pause({ channelId }: ChannelState, reason: string, deps: DeliveryDeps): Promise<void> {
  await deps.ledger.channels.update(channelId, { paused: true, pausedReason: reason });
  deps.alerts.raise({
    cause: channelAlert(channelId, 'refused'),
    message: `Channel ${channelId} was paused: ${reason}`,
    next: `Correct its settings, then: npx --no-install loa channel resume ${channelId}`,
  });
}
