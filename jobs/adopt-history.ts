import type { Deps } from '#jobs/deps.ts';
import { byCodeUnit } from '#src/core/by-code-unit.ts';
import { deliveryKey } from '#src/core/delivery-key.ts';
import { messageOf } from '#src/core/errors.ts';
import type { ConfiguredChannel } from '#src/delivery/deps.ts';
import { foundThere } from '#src/delivery/look.ts';
import { listOwnPosts } from '#src/delivery/own-posts.ts';

/** At least so far back, milliseconds. */
const shortest = 7 * 24 * 3_600_000;

/**
 * Of each channel that is new to this ledger: what the account posted before, by whatever hand or program, is known as
 * sent for the articles it leads to. Never throws: a service that does not answer is asked again at the next call.
 */
export async function adoptHistory(deps: Deps): Promise<void> {
  const readable = [...deps.channels.values()].filter(({ channel }) => channel.find);
  await Promise.all(
    readable.map(async (one) => {
      const { id } = one.settings;
      try {
        await adoptOnce(one, deps);
      } catch (error) {
        const why = messageOf(error);
        deps.log.warn(`channel ${id}: its earlier posts could not be read yet: ${why}`, { channelId: id });
      }
    }),
  );
}

async function adoptOnce(one: ConfiguredChannel, deps: Deps): Promise<void> {
  const { ledger, clock, log } = deps;
  const { id } = one.settings;
  const { historyAt } = await ledger.channels.state(id, clock.now());
  // Before the first article there is nothing to be found.
  if (historyAt !== null || (await ledger.articles.count()) === 0) return;
  const found = await adopt(one, deps);
  await ledger.channels.update(id, { historyAt: clock.now() });
  if (found > 0) log.info(`channel ${id}: ${found} articles stand on the account already`, { channelId: id });
}

/** How many articles were found. */
async function adopt(one: ConfiguredChannel, deps: Deps): Promise<number> {
  const { ledger, clock, settings, delivery } = deps;
  const { id: channelId } = one.settings;
  const since = clock.now() - Math.max(settings.guards.deskWindow, shortest);
  const { posts } = await listOwnPosts(one, since, delivery);
  let found = 0;
  // Of several posts of one article the first is the one.
  for (const { links, id, url, at } of [...posts].sort((a, b) => a.at - b.at || byCodeUnit(a.id, b.id))) {
    for (const link of links) {
      const article = await ledger.articles.byClue(link);
      if (!article) continue;
      const key = deliveryKey({ siteUrl: settings.site.url, articleId: article.id, channelId, op: 'create' });
      const row = { articleId: article.id, channelId, revision: article.revision, key, remote: { id, url }, at };
      if (await ledger.deliveries.addFound({ ...row, reason: foundThere })) found += 1;
      break;
    }
  }
  return found;
}
