/** The exact post of an article on each channel, before it goes out. */
import type { Channel } from '#src/channels/channel.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { composePost } from '#src/core/compose.ts';
import { UserError } from '#src/core/errors.ts';
import { postLength, postText } from '#src/core/length.ts';
import { nearest } from '#src/core/nearest.ts';
import { mismatch } from '#src/core/only.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { ChannelSettings, Settings } from '#src/core/settings.ts';
import type { Ledger } from '#src/stores/ledger.ts';

export interface PreviewView {
  posts: PostView[];
}

export interface PostView {
  channel: string;
  kind: string;
  text: string;
  /** As the channel counts it, in `unit`. */
  length: number;
  /** Null: no limit. */
  limit: number | null;
  unit: string;
  link: string;
  photos: {
    url: string;
    alt: string | null;
    width: number | null;
    height: number | null;
    bytes: number | null;
    type: string | null;
  }[];
  language: string;
  notes: string[];
}

export interface PreviewOptions {
  settings: Pick<Settings, 'site' | 'publicUrl' | 'channels'>;
  kinds: readonly Channel[];
  /** One channel; all of them when left out. */
  channelId?: string;
}

type Facts = (channelId: string) => Readonly<Record<string, unknown>>;

/** Of an article in the ledger; null when there is no such article. */
export async function viewPreview(
  ledger: Pick<Ledger, 'articles' | 'photos' | 'channels'>,
  articleId: string,
  options: PreviewOptions,
): Promise<PreviewView | null> {
  const article = await ledger.articles.get(articleId);
  if (!article) return null;
  const photos = await ledger.photos.forArticles([articleId]);
  const states = await ledger.channels.all();
  const facts: Facts = (id) => states.find(({ channelId }) => channelId === id)?.facts ?? {};
  return previewPosts(article, photos, options, facts);
}

/** Of any article; `facts` is what the services said of their limits. */
export function previewPosts(
  article: StoredArticle,
  photos: readonly PhotoRecord[],
  options: PreviewOptions,
  facts: Facts = () => ({}),
): PreviewView {
  return { posts: chosenChannels(options).map((channel) => previewPost(article, photos, channel, options, facts)) };
}

function chosenChannels({ settings, channelId }: PreviewOptions): readonly ChannelSettings[] {
  if (channelId === undefined) return settings.channels;
  const chosen = settings.channels.filter(({ id }) => id === channelId);
  if (chosen.length > 0) return chosen;
  const ids = settings.channels.map(({ id }) => id);
  const near = nearest(channelId, ids);
  throw new UserError(`There is no channel ${channelId}.`, {
    next: near ? `Did you mean ${near}?` : `Channels: ${ids.join(', ') || 'none'}`,
  });
}

function previewPost(
  article: StoredArticle,
  photos: readonly PhotoRecord[],
  channel: ChannelSettings,
  { settings, kinds }: PreviewOptions,
  facts: Facts,
): PostView {
  const kind = kinds.find((one) => one.kind === channel.kind)!;
  const limits = kind.limits(channel.settings, facts(channel.id));
  const { site, publicUrl } = settings;
  const post = composePost({ article, photos, channel, limits, publicUrl, site });
  const unwanted = mismatch(channel.only, article);
  return {
    channel: channel.id,
    kind: channel.kind,
    text: postText(post.segments),
    length: postLength(post.segments, limits),
    limit: limits.length,
    unit: limits.unit,
    link: post.link,
    photos: post.photos.map(({ url, alt, width, height, bytes, type }) => ({ url, alt, width, height, bytes, type })),
    language: post.language,
    notes: [...(unwanted ? [`not posted: not for this channel: ${unwanted}`] : []), ...post.notes],
  };
}
