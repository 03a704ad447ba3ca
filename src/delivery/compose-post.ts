/** The one way to a post: what a preview shows is what a delivery freezes into its row. */
import type { StoredArticle } from '#src/core/article.ts';
import { composePost } from '#src/core/compose.ts';
import { messageOf } from '#src/core/errors.ts';
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

/** All that a post is made of, beside its channel. */
export interface PostParts {
  article: StoredArticle;
  photos: readonly PhotoRecord[];
  /** What the service said of its limits. */
  facts: Readonly<Record<string, unknown>>;
}

/** Of the newest revision that is ready. Throws a `UserError` for a template that cannot be used. */
export async function composeFor(
  article: StoredArticle,
  configured: ConfiguredChannel,
  deps: ComposeDeps,
): Promise<ComposedPost> {
  const { articles, photos, channels } = deps.ledger;
  const shown = (await articles.revision(article.id, article.readyRevision)) ?? article;
  const { facts } = await channels.state(configured.settings.id, deps.clock.now());
  return composeFrom({ article: shown, photos: await photos.forArticles([article.id]), facts }, configured, deps);
}

/** Throws a `UserError` for a template that cannot be used. */
export async function composeFrom(
  { article, photos, facts }: PostParts,
  { channel, settings }: ConfiguredChannel,
  deps: Omit<ComposeDeps, 'ledger'> & { ledger: Pick<ComposeDeps['ledger'], 'summaries'> },
): Promise<ComposedPost> {
  const limits = channel.limits(settings.settings, facts);
  const choice = { most: settings.compose.photos, limits };
  const { publicUrl, site } = deps.settings;
  const summary = await writtenSummary(article, deps);
  const fitted = await fitPhotos(article, photos, choice, deps);
  const post = composePost({ article, photos, channel: settings, limits, publicUrl, site, summary, fitted });
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
  deps: Pick<ComposeDeps, 'fitPhoto' | 'signal'>,
): Promise<Map<string, Fitting>> {
  const fitted = new Map<string, Fitting>();
  for (const order of fitOrders(article.photos, photos, choice)) {
    const made = deps.fitPhoto(order).catch((error): Fitting => {
      // Told to stop, it is made after the next start.
      if (deps.signal.aborted) throw error;
      return { failure: messageOf(error) };
    });
    fitted.set(order.target, await made);
  }
  return fitted;
}
