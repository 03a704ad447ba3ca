/** Pages of the configured channels for readers, with all that they need. */
import type { ChannelPage } from '#src/channels/channel.ts';
import { withDeadline } from '#src/delivery/deadline.ts';
import type { DeliveryDeps } from '#src/delivery/deps.ts';
import { requestTimeout } from '#src/delivery/times.ts';
import { channelTools } from '#src/delivery/tools.ts';

export function readerPages(deps: DeliveryDeps): ChannelPage[] {
  return [...deps.channels.values()].flatMap((configured) => {
    const { channel, settings } = configured;
    return (channel.routes ?? []).map(({ method, path, run }) => ({
      ...{ channelId: settings.id, method, path },
      run: (request) =>
        withDeadline(requestTimeout, deps, (signal) =>
          run(request, settings.settings, channelTools(configured, signal, deps)),
        ),
    }));
  });
}
