/** An article as one channel shows it: text in the channel's template and length, link, hashtags, photos. */
import type { StoredArticle } from '#src/core/article.ts';
import { fitPost } from '#src/core/fit-post.ts';
import { hashtagsOf } from '#src/core/hashtag.ts';
import type { Fitting } from '#src/core/photo-fit.ts';
import type { Post, PostLimits } from '#src/core/post.ts';
import { choosePhotos } from '#src/core/post-photos.ts';
import { oneLine } from '#src/core/post-text.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { ChannelSettings, ComposeSettings, SiteSettings } from '#src/core/settings.ts';
import { summarise } from '#src/core/summary.ts';

export interface Composition {
  article: StoredArticle;
  /** Of the article, in any order. */
  photos: readonly PhotoRecord[];
  channel: Pick<ChannelSettings, 'compose'>;
  limits: PostLimits;
  /** Where readers reach the photos; without a slash at the end. */
  publicUrl: string;
  /** Photos made for this channel; what `fitOrders` asked for. */
  fitted?: ReadonlyMap<string, Fitting>;
  site: SiteSettings;
}

const mostHashtags = 5;

/** The post; throws a `UserError` for a template that cannot be used. Longer than the limit only if the link alone is. */
export function composePost({ article, photos, channel, limits, publicUrl, site, fitted }: Composition): Post {
  const { compose } = channel;
  const link = campaignLink(article.url, compose.utm);
  const values = {
    headline: oneLine(article.headline),
    lead: oneLine(article.lead),
    summary: oneLine(summarise(article)),
    byline: oneLine(article.byline.join(', ')),
    section: oneLine(article.section ?? ''),
    dateline: oneLine(article.dateline?.text ?? ''),
    hashtags: hashtagsOf(article.tags, mostHashtags),
    link,
  };
  const text = fitPost(compose.template, values, limits);
  const chosen = choosePhotos(article.photos, photos, {
    most: compose.photos,
    limits,
    publicUrl,
    ...(fitted && { fitted }),
  });
  return {
    article: {
      id: article.id,
      revision: article.revision,
      headline: values.headline,
      summary: values.summary,
      byline: article.byline.map(oneLine),
      section: article.section,
      tags: article.tags,
      url: article.url,
      publishedAt: article.publishedAt,
      updatedAt: article.updatedAt,
    },
    segments: text.segments,
    link,
    photos: chosen.photos,
    language: article.language || site.language,
    notes: [
      ...(link === '' ? ['the article has no address: the post has no link'] : []),
      ...text.notes,
      ...chosen.notes,
    ],
  };
}

/** The article's address with campaign parameters, those it has already untouched; empty without an address. */
function campaignLink(address: string | null, utm: ComposeSettings['utm']): string {
  if (address === null || !URL.canParse(address)) return address ?? '';
  const url = new URL(address);
  for (const [name, value] of Object.entries(utm ?? {})) {
    if (value && !url.searchParams.has(`utm_${name}`)) url.searchParams.append(`utm_${name}`, value);
  }
  return url.href;
}
