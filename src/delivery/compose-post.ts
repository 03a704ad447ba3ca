/** The one way to a post: what a preview shows is what a delivery freezes into its row. */
import type { StoredArticle } from '#src/core/article.ts';
import { composePost } from '#src/core/compose.ts';
import { fitsLength } from '#src/core/length.ts';
import type { Fitting } from '#src/core/photo-fit.ts';
import type { Post, PostLimits } from '#src/core/post.ts';
import { fitOrders, type PhotoChoice } from '#src/core/post-photos.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';
import { writtenSummary } from '#src/delivery/written-summary.ts';

export type ComposeDeps = Pick<DeliveryDeps, 'http' | 'fitPhoto' | 'clock' | 'log' | 'signal'> & {
  ledger: Pick<DeliveryDeps['ledger'], 'articles' | 'photos' | 'channels' | 'summaries'>;
  settings: Pick<DeliveryDeps['settings'], 'site' | 'publicUrl' | 'summarizer'>;
};

export interface ComposedPost {
  post: Post;
  limits: PostLimits;
  /** Why the channel takes no such post; null when it does. */
  tooLong: string | null;
}

/** Of the newest revision that is ready. Throws a `UserError` for a template that cannot be used. */
export async function composeFor(
  article: StoredArticle,
  { channel, settings }: ConfiguredChannel,
  deps: ComposeDeps,
): Promise<ComposedPost> {
  const { ledger, clock } = deps;
  const shown = (await ledger.articles.revision(article.id, article.readyRevision)) ?? article;
  const photos = await ledger.photos.forArticles([article.id]);
  const { facts } = await ledger.channels.state(settings.id, clock.now());
  const limits = channel.limits(settings.settings, facts);
  const choice = { most: settings.compose.photos, limits };
  const post = composePost({
    article: shown,
    photos,
    channel: settings,
    limits,
    publicUrl: deps.settings.publicUrl,
    site: deps.settings.site,
    summary: await writtenSummary(shown, deps),
    fitted: await fitPhotos(shown, photos, choice, deps),
  });
  const tooLong = fitsLength(post.segments, limits)
    ? null
    : `the link alone is longer than the ${limits.length} ${limits.unit} that ${channel.kind} takes`;
  return { post, limits, tooLong };
}

/** A photo that cannot be made to fit is left out with a note; it never holds up the post. */
async function fitPhotos(
  article: StoredArticle,
  photos: readonly PhotoRecord[],
  choice: Pick<PhotoChoice, 'most' | 'limits'>,
  deps: ComposeDeps,
): Promise<Map<string, Fitting>> {
  const fitted = new Map<string, Fitting>();
  for (const order of fitOrders(article.photos, photos, choice)) fitted.set(order.target, await deps.fitPhoto(order));
  return fitted;
}
