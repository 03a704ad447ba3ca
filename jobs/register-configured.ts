import type { Deps } from '#jobs/deps.ts';
import { keepSubscriptions } from '#jobs/follow-hub.ts';

/** A channel's first sight is what its posts may not be older than; every feed stands there, empty at first. */
export async function registerConfigured(deps: Deps): Promise<void> {
  const { settings, ledger, clock } = deps;
  for (const channel of settings.channels) await ledger.channels.state(channel.id, clock.now());
  for (const source of settings.sources) await ledger.sources.state(source.id, clock.now());
  await ledger.feeds.touch(settings.feeds.map((feed) => feed.id));
  await keepSubscriptions(deps);
}
