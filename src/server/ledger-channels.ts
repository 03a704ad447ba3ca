/** How the configured channels stand, and the switch a person has over each. */
import { isSentByHand, sentByHand } from '#src/core/age.ts';
import { channelAlert } from '#src/core/alert-cause.ts';
import { configuredChannel } from '#src/core/configured-channel.ts';
import { channelPaused, type Delivery, isSought } from '#src/core/delivery.ts';
import { isForPerson } from '#src/core/delivery-news.ts';
import type { Settings } from '#src/core/settings.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface ChannelView {
  id: string;
  kind: string;
  state: 'active' | 'resting' | 'paused';
  reason: string | null;
  /** When a resting channel is tried again, ISO 8601. */
  until: string | null;
}

type Channels = Pick<Ledger, 'channels' | 'alerts'>;
type Switched = Pick<Ledger, 'channels' | 'alerts' | 'deliveries'>;

/** In the settings' order. */
export async function viewChannels(
  ledger: Channels,
  { channels }: Settings,
  now: number,
): Promise<{ channels: ChannelView[] }> {
  const states = new Map((await ledger.channels.all()).map((state) => [state.channelId, state]));
  return {
    channels: channels.map(({ id, kind }) => {
      const { paused = false, pausedReason = null, openUntil = null } = states.get(id) ?? {};
      if (paused) return { id, kind, state: 'paused', reason: pausedReason, until: null };
      if (openUntil === null || openUntil <= now) return { id, kind, state: 'active', reason: null, until: null };
      const reason = 'its service failed or asked to wait';
      return { id, kind, state: 'resting', reason, until: new Date(openUntil).toISOString() };
    }),
  };
}

/** What waits for the channel looks again by itself within the minute. Throws `UserError` for an unknown id. */
export async function switchChannel(
  ledger: Switched,
  settings: Settings,
  { id, to, now }: { id: string; to: 'pause' | 'resume'; now: number },
): Promise<{ channel: ChannelView }> {
  const { openUntil } = await ledger.channels.state(known(id, settings), now);
  if (to === 'pause') await ledger.channels.update(id, { paused: true, pausedReason: 'by a person' });
  else {
    await ledger.channels.update(id, { paused: false, pausedReason: null, failures: 0, openUntil: null });
    const restsUntil = openUntil !== null && openUntil > now ? openUntil : Number.POSITIVE_INFINITY;
    await wake(ledger, { id, restsUntil, now });
    for (const cause of ['refused', 'failing'] as const) await ledger.alerts.resolve(channelAlert(id, cause), now);
  }
  const { channels } = await viewChannels(ledger, settings, now);
  return { channel: channels.find((channel) => channel.id === id)! };
}

/** What was put off by the pause, or until the rest ends, goes now; a post that is being looked for keeps its time. */
async function wake(
  { deliveries }: Pick<Ledger, 'deliveries'>,
  { id, restsUntil, now }: { id: string; restsUntil: number; now: number },
): Promise<void> {
  const rows = await deliveries.list({ states: ['waiting', 'retry'], channelId: id, limit: 1000 });
  for (const row of rows) {
    const { reason } = row;
    const wasPaused = reason?.includes(channelPaused) ?? false;
    if (row.dueAt === null || isForPerson(row) || isSought(row) || !(wasPaused || row.dueAt >= restsUntil)) continue;
    const change = { reason: wasPaused ? wordOf(row) : reason, dueAt: now, now, fence: row.fence };
    await deliveries.move(row.id, [row.state], row.state, change);
  }
}

/** What is left of a reason once the pause is over. */
function wordOf(row: Delivery): string | null {
  return isSentByHand(row) ? sentByHand : null;
}

function known(id: string, { channels }: Settings): string {
  return configuredChannel(id, new Map(channels.map((channel) => [channel.id, channel]))).id;
}
