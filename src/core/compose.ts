/** An article as one channel shows it: text in the channel's template and length, link, hashtags, photos. */
import type { StoredArticle } from '#src/core/article.ts';
import { campaignLink } from '#src/core/campaign-link.ts';
import { cutText } from '#src/core/cut.ts';
import { fitPost } from '#src/core/fit-post.ts';
import { hashtagsOf } from '#src/core/hashtag.ts';
import { graphemesOf, startOf } from '#src/core/length.ts';
import type { Fitting } from '#src/core/photo-fit.ts';
import type { Post, PostLimits } from '#src/core/post.ts';
import { choosePhotos } from '#src/core/post-photos.ts';
import { oneLine } from '#src/core/post-text.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { ChannelSettings, SiteSettings } from '#src/core/settings.ts';
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
  /** Written by another than the article itself; null, or without a text, the article's own sentences. */
  summary?: WrittenSummary | null;
}

export interface WrittenSummary {
  text: string | null;
  /** Why there is none. */
  why: string | null;
}

const mostHashtags = 5;

export const noLink = 'the article has no address: the post has no link';

/** The post; throws a `UserError` for a template that cannot be used. Longer than the limit only if the link alone is. */
export function composePost({ article, photos, channel, limits, publicUrl, site, fitted, summary }: Composition): Post {
  const { compose } = channel;
  const link = campaignLink(article.url, compose.utm);
  const language = languageOf(article, site);
  const values = {
    headline: bounded(article.headline, 1000),
    lead: bounded(article.lead, 5000),
    summary: oneLine(summary?.text ?? summarise(article)),
    byline: beside(article.byline.join(', ')),
    section: beside(article.section ?? ''),
    dateline: beside(article.dateline?.text ?? ''),
    hashtags: hashtagsOf(article.tags, mostHashtags, { language, isFolded: limits.hashtags === 'folded' }),
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
      section: article.section && oneLine(article.section),
      tags: article.tags.map(oneLine),
      url: article.url,
      publishedAt: article.publishedAt,
      updatedAt: article.updatedAt,
    },
    segments: text.segments,
    link,
    photos: chosen.photos,
    language,
    notes: [
      ...(link === '' ? [noLink] : []),
      ...(summary?.why ? [`the summary is made of the article's own sentences: ${summary.why}`] : []),
      ...text.notes,
      ...chosen.notes,
    ],
  };
}

/** Pages without paragraphs have a lead without end, which fits no template and no mail. */
function bounded(text: string, most: number): string {
  const line = oneLine(text);
  return line.length <= most ? line : cutText(startOf(line, most + 1), (part) => graphemesOf(part).length <= most);
}

/** What stands beside the news is a line; more of it is no name of anything. */
function beside(text: string): string {
  return startOf(oneLine(text), 300);
}

/** BCP 47 in its usual spelling; the newsroom's where the article does not say, or says it in no such way. */
function languageOf({ language }: Pick<StoredArticle, 'language'>, site: SiteSettings): string {
  try {
    const [tag] = Intl.getCanonicalLocales(language.replaceAll('_', '-'));
    return tag && tag !== 'und' ? tag : site.language;
  } catch {
    return site.language;
  }
}
