/** The post that a row is to carry, as a person approves it and as it is frozen. */
import type { StoredArticle } from '#src/core/article.ts';
import { composeNotice } from '#src/core/compose-notice.ts';
import type { Delivery } from '#src/core/delivery.ts';
import { fitsLength } from '#src/core/length.ts';
import { type ComposeDeps, type ComposedPost, composeFor } from '#src/delivery/compose-post.ts';
import type { ConfiguredChannel } from '#src/delivery/deps.ts';

/** Of the newest revision that is ready: the post itself, or what stands below it. Throws as `composeFor`. */
export async function composeDelivery(
  { op, asReply }: Pick<Delivery, 'op' | 'asReply'>,
  article: StoredArticle,
  configured: ConfiguredChannel,
  deps: ComposeDeps,
): Promise<ComposedPost> {
  if (!asReply) return composeFor(article, configured, deps);
  const { channel, settings } = configured;
  const { ledger, clock } = deps;
  const shown = (await ledger.articles.revision(article.id, article.readyRevision)) ?? article;
  const { facts } = await ledger.channels.state(settings.id, clock.now());
  const limits = channel.limits(settings.settings, facts);
  const { publicUrl, site } = deps.settings;
  const of = { article: shown, channel: settings, limits, publicUrl, site };
  const post = composeNotice(op === 'withdraw' ? 'withdrawal' : 'correction', of);
  const tooLong = fitsLength(post.segments, limits)
    ? null
    : `the notice is longer than the ${limits.length} ${limits.unit} that ${channel.kind} takes`;
  return { post, limits, tooLong };
}
