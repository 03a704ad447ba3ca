import { channels } from '#src/channels/registry.ts';
import type { Settings } from '#src/core/settings.ts';
import type { ConfiguredChannel } from '#src/delivery/deps.ts';

/** The settings' channels by id, each with its kind. */
export function configuredChannels(settings: Pick<Settings, 'channels'>): Map<string, ConfiguredChannel> {
  const kinds = new Map(channels.map((channel) => [channel.kind, channel]));
  return new Map(settings.channels.map((one) => [one.id, { settings: one, channel: kinds.get(one.kind)! }]));
}
