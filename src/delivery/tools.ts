import type { ChannelTools } from '#src/channels/channel.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { channelToken } from '#src/delivery/token.ts';

/** What a channel may reach, for one call. */
export function channelTools(configured: ConfiguredChannel, signal: AbortSignal, deps: DeliveryDeps): ChannelTools {
  const { http, log, clock, board, files, seal, ledger } = deps;
  const { site, publicUrl } = deps.settings;
  const { id } = configured.settings;
  const tools: ChannelTools = {
    ...{ http, log, clock, board, signal, publicUrl },
    channelId: id,
    siteUrl: site.url,
    siteLanguage: site.language,
    photo: (file) => files.read(file),
    token: <T>(refused?: T) => channelToken<T>(configured, tools, deps, refused),
    connect: (to) => deps.connect(to, signal),
    optOuts: {
      has: (part) => ledger.optOuts.has(id, part),
      add: (part) => ledger.optOuts.add(id, part, clock.now()),
    },
    sign: (text) => seal.sign(JSON.stringify([id, text])),
  };
  return tools;
}
