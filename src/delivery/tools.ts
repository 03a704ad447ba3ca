import type { ChannelTools } from '#src/channels/channel.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';

/** What a channel may reach, for one call. */
export function channelTools(channelId: string, signal: AbortSignal, deps: DeliveryDeps): ChannelTools {
  const { http, log, clock, board, files, settings } = deps;
  const photo = (file: string) => files.read(file);
  return { http, log, clock, board, photo, channelId, siteUrl: settings.site.url, signal };
}
