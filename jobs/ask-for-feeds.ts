import type { Deps } from '#jobs/deps.ts';

/** Adds a build of every feed: which of them show the change, the builds find out. */
export async function askForFeeds({ settings, jobs }: Pick<Deps, 'settings' | 'jobs'>): Promise<void> {
  for (const { id: feedId } of settings.feeds) await jobs.add({ kind: 'build-feed', payload: { feedId } });
}

/** After a change that was not written together with the feeds' count: where the job gets lost the sweep finds it. */
export async function rebuildFeeds(deps: Pick<Deps, 'ledger' | 'settings' | 'jobs'>): Promise<void> {
  await deps.ledger.feeds.touch(deps.settings.feeds.map(({ id }) => id));
  await askForFeeds(deps);
}
