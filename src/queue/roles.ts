/** What a process does; by default all of it. */
export const roles = ['web', 'poll', 'read', 'photos', 'feeds', 'deliver'] as const;

export type Role = (typeof roles)[number];

/** The queues that these roles work on, and how many jobs of each run at once. */
export function queuesFor(
  chosen: readonly Role[],
  channelIds: readonly string[],
): { name: string; concurrency: number }[] {
  const byRole: Readonly<Record<Role, { name: string; concurrency: number }[]>> = {
    web: [],
    poll: [
      // They mostly wait for other machines: a few that hang must not hold up the rest.
      { name: 'poll', concurrency: 32 },
      { name: 'hub', concurrency: 2 },
      { name: 'sweep', concurrency: 1 },
    ],
    read: [{ name: 'read', concurrency: 4 }],
    photos: [
      { name: 'photos', concurrency: 4 },
      // Apart and one by one: what nobody waits for never takes a place from what holds up an article.
      { name: 'formats', concurrency: 1 },
    ],
    feeds: [
      { name: 'publish', concurrency: 4 },
      { name: 'feeds', concurrency: 1 },
    ],
    // One queue per channel: a slow or banned one holds up nobody else.
    deliver: channelIds.map((id) => ({ name: `deliver-${id}`, concurrency: 1 })),
  };
  return chosen.flatMap((role) => byRole[role]);
}
