/** The exact post of an article on each channel, before it goes out. */
import type { StoredArticle } from '#src/core/article.ts';
import { captionLine } from '#src/core/caption-line.ts';
import { type Delivery, mostOfArticle } from '#src/core/delivery.ts';
import { UserError } from '#src/core/errors.ts';
import { postLength, postText } from '#src/core/length.ts';
import { nearest } from '#src/core/nearest.ts';
import { mismatch } from '#src/core/only.ts';
import type { Post, PostLimits } from '#src/core/post.ts';
import type { PostView, PreviewView } from '#src/core/preview.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import { formatDateTime } from '#src/core/time.ts';
import { composeDelivery } from '#src/delivery/compose-delivery.ts';
import { type ComposeDeps, type ComposedPost, composeFrom } from '#src/delivery/compose-post.ts';
import type { ConfiguredChannel, DeliveryDeps } from '#src/delivery/deps.ts';

export type PreviewDeps = ComposeDeps & {
  ledger: Pick<DeliveryDeps['ledger'], 'deliveries'>;
  channels: DeliveryDeps['channels'];
};

/** Of an article in the ledger, on one channel or on all; null when there is no such article. */
export async function previewArticle(
  articleId: string,
  channelId: string | undefined,
  deps: PreviewDeps,
): Promise<PreviewView | null> {
  const article = await deps.ledger.articles.get(articleId);
  if (!article) return null;
  const rows = await deps.ledger.deliveries.list({ articleIds: [articleId], limit: mostOfArticle });
  const posts: PostView[] = [];
  for (const configured of chosenChannels(deps.channels, channelId)) {
    const own = rows.filter((row) => row.channelId === configured.settings.id);
    posts.push(await told(configured, () => stored(article, configured, own, deps)));
  }
  return { posts };
}

/** Of an article that no ledger holds; what the service said of its limits is not known. */
export async function previewUnstored(
  article: StoredArticle,
  photos: readonly PhotoRecord[],
  channelId: string | undefined,
  deps: Omit<ComposeDeps, 'ledger'> & Pick<DeliveryDeps, 'channels'>,
): Promise<PreviewView> {
  const posts: PostView[] = [];
  for (const configured of chosenChannels(deps.channels, channelId)) {
    const compose = () => composeFrom({ article, photos, facts: {} }, configured, { ...deps, ledger: nothingKept });
    posts.push(
      await told(configured, async () => composedView(await compose(), configured, mismatched(article, configured))),
    );
  }
  return { posts };
}

const nothingKept: Pick<ComposeDeps['ledger'], 'summaries'> = {
  summaries: { get: async () => null, keep: async (_id, _revision, summary) => summary },
};

function chosenChannels(channels: DeliveryDeps['channels'], channelId: string | undefined): ConfiguredChannel[] {
  if (channelId === undefined) return [...channels.values()];
  const chosen = channels.get(channelId);
  if (chosen) return [chosen];
  const ids = [...channels.keys()];
  const near = nearest(channelId, ids);
  throw new UserError(`There is no channel ${channelId}.`, {
    next: near ? `Did you mean ${near}?` : `Channels: ${ids.join(', ') || 'none'}`,
  });
}

async function stored(
  article: StoredArticle,
  configured: ConfiguredChannel,
  rows: readonly Delivery[],
  deps: PreviewDeps,
): Promise<PostView> {
  const row = rowToSee(rows, article);
  if (row?.post) {
    const { channel, settings } = configured;
    const { facts } = await deps.ledger.channels.state(settings.id, deps.clock.now());
    const limits = channel.limits(settings.settings, facts);
    return postView(row.post, limits, configured, [...standing(row), ...frozenAs(row, deps.settings.site.timezone)]);
  }
  const composed = row
    ? await composeDelivery(row, article, configured, deps)
    : await composeDelivery({ op: 'create', asReply: false }, article, configured, deps);
  const notes = row ? standing(row) : mismatched(article, configured);
  return composedView(composed, configured, [...notes, ...earlierPost(rows, row)]);
}

const pending: readonly Delivery['state'][] = ['waiting', 'retry', 'sending', 'parked'];

/** What goes out next, the oldest first; else the post that carries what readers see now; else the create that stopped. */
function rowToSee(rows: readonly Delivery[], article: StoredArticle): Delivery | undefined {
  const told = rows
    .filter(({ op, asReply }) => op !== 'withdraw' || asReply)
    .toSorted((a, b) => a.createdAt - b.createdAt);
  const next = told.find(({ state }) => pending.includes(state));
  const carries = ({ state, post }: Delivery) =>
    state === 'sent' && post && post.article.revision >= article.readyRevision;
  return (
    next ??
    told.findLast(carries) ??
    told.find(({ op, state }) => op === 'create' && state !== 'sent' && state !== 'cancelled')
  );
}

function frozenAs({ state, approved }: Delivery, zone: string): string[] {
  if (!pending.includes(state)) return [];
  if (approved) return [`sent as approved by ${approved.by} at ${formatDateTime(approved.at, zone)}`];
  return ['sent as composed at its first try: later changes of the article do not alter it'];
}

function standing({ state, reason, remote }: Delivery): string[] {
  if (state === 'waiting' || state === 'retry' || state === 'sending') return [];
  const where = remote?.url ? `: ${remote.url}` : '';
  return [state === 'sent' ? `sent already${where}` : `not posted: ${state}${reason ? `: ${reason}` : ''}${where}`];
}

function earlierPost(rows: readonly Delivery[], row: Delivery | undefined): string[] {
  const create = rows.find(({ op, state }) => op === 'create' && state === 'sent');
  if (!create || create === row) return [];
  return [`a post of an earlier revision was sent${create.remote?.url ? `: ${create.remote.url}` : ''}`];
}

function mismatched(article: StoredArticle, { settings }: ConfiguredChannel): string[] {
  const unwanted = mismatch(settings.only, article);
  return unwanted ? [`not posted: not for this channel: ${unwanted}`] : [];
}

function composedView(
  { post, limits, tooLong }: ComposedPost,
  configured: ConfiguredChannel,
  notes: string[],
): PostView {
  return postView(post, limits, configured, [...notes, ...(tooLong ? [`not posted: ${tooLong}`] : [])]);
}

export function postView(
  post: Post,
  limits: PostLimits,
  { settings, channel }: ConfiguredChannel,
  notes: string[],
): PostView {
  return {
    channel: settings.id,
    kind: channel.kind,
    text: postText(post.segments),
    length: postLength(post.segments, limits),
    limit: limits.length,
    unit: limits.unit,
    link: post.link,
    photos: post.photos.map((photo, index) => {
      const { url, alt, width, height, bytes, type } = photo;
      const isShown = limits.captions === 'all' || (limits.captions === 'further' && index > 0);
      const caption = isShown ? captionLine(photo) : '';
      return { url, alt, ...(caption !== '' && { caption }), width, height, bytes, type };
    }),
    language: post.language,
    notes: [...notes, ...post.notes],
  };
}

/** A template that cannot be used is its channel's trouble alone. */
async function told({ settings, channel }: ConfiguredChannel, look: () => Promise<PostView>): Promise<PostView> {
  try {
    return await look();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const nothing = { text: '', length: 0, limit: null, unit: 'graphemes', link: '', photos: [], language: 'und' };
    const why = [error.message, error.next].filter(Boolean).join('. ');
    return { channel: settings.id, kind: channel.kind, ...nothing, notes: [`not posted: ${why}`] };
  }
}
