/** `/feeds` and `/feeds/ID`: the feeds for people. */

import { type Html, html, linkTo } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import { type Moments, time } from '#src/console/moments.ts';
import type { PageWords } from '#src/console/page-words.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { feedPath } from '#src/core/feed-file.ts';
import type { PageAnswer, Visitor } from '#src/core/page.ts';
import type { PhotoRecord } from '#src/core/rendition.ts';
import type { FeedSettings, Settings } from '#src/core/settings.ts';
import { summarise } from '#src/core/summary.ts';
import type { FeedState } from '#src/stores/feeds.ts';

export interface FormatName {
  name: string;
  title: string;
  contentType: string;
}

export interface FeedView {
  feed: FeedSettings;
  state: FeedState | null;
  articles: StoredArticle[];
}

/** When, by whom, in which words. */
export interface Looking {
  words: PageWords;
  moments: Moments;
  visitor: Visitor;
}

export function feedsPage(
  views: readonly FeedView[],
  settings: Settings,
  formats: readonly FormatName[],
  { words, moments, visitor }: Looking,
): PageAnswer {
  const cards = views.map(
    (view) => html`<section class="card feed">
<h2 lang="${languageOf(view.feed, settings)}" dir="auto"><a href="/feeds/${view.feed.id}">${view.feed.title}</a></h2>
${about(view, languageOf(view.feed, settings), words, moments)}
${addresses(view.feed, settings.publicUrl, words, formats)}
${headlines(view, words, moments)}
</section>`,
  );
  const content = html`<h1>${words.feedsTitle}</h1>
<p class="intro">${words.feedsIntro}</p>
${cards.length > 0 ? html`<div class="grid">${cards}</div>` : html`<div class="card empty"><p>${words.noFeeds}</p></div>`}`;
  const head = alternates(
    views.map(({ feed }) => feed),
    settings.publicUrl,
    formats,
  );
  return page({ title: words.feedsTitle, site: settings.site, words, at: 'feeds', content, head, visitor });
}

export function feedPage(
  view: FeedView,
  photos: readonly PhotoRecord[],
  settings: Settings,
  formats: readonly FormatName[],
  { words, moments, visitor }: Looking,
): PageAnswer {
  const { feed, articles } = view;
  const entries = articles.map((article) =>
    entry(
      article,
      photos.filter(({ articleId }) => articleId === article.id),
      moments,
    ),
  );
  const content = html`<p class="back"><a href="/feeds">${words.allFeeds}</a></p>
<h1 lang="${languageOf(feed, settings)}" dir="auto">${feed.title}</h1>
${about(view, languageOf(feed, settings), words, moments)}
${addresses(feed, settings.publicUrl, words, formats)}
${entries.length > 0 ? html`<div class="stream entries">${entries}</div>` : html`<div class="card empty"><p>${words.feedEmpty}</p></div>`}`;
  const head = alternates([feed], settings.publicUrl, formats);
  return page({ title: feed.title, site: settings.site, words, at: 'feeds', content, head, visitor });
}

function languageOf(feed: FeedSettings, { site }: Settings): string {
  return feed.language ?? site.language;
}

function about({ feed, state }: FeedView, language: string, words: PageWords, moments: Moments): Html {
  const entries = state?.entries ?? 0;
  const built =
    state?.builtAt == null
      ? words.feedNotBuilt
      : html`${entries} ${entries === 1 ? words.feedEntry : words.feedEntries}, ${words.feedUpdated} ${time(state.builtAt, moments)}`;
  return html`${feed.description !== '' && html`<p lang="${language}" dir="auto">${feed.description}</p>`}
<p class="meta"><span>${built}</span></p>`;
}

/** The first format is the one most readers take. */
function addresses(feed: FeedSettings, publicUrl: string, words: PageWords, formats: readonly FormatName[]): Html {
  const url = ({ name }: FormatName) => `${publicUrl}${feedPath(feed.id, name)}`;
  const [main, ...others] = formats;
  return html`<div class="address"><p class="label">${words.feedAddress}</p>
<code title="${words.copyHint}">${main ? url(main) : ''}</code>
<p class="others">${words.otherFormats}: ${(main ? [main, ...others] : []).map(
    (format) => html`<a href="${feedPath(feed.id, format.name)}" type="${format.contentType}">${format.title}</a> `,
  )}</p></div>`;
}

function headlines({ feed, articles }: FeedView, words: PageWords, moments: Moments): Html {
  if (articles.length === 0) return html`<p class="hint">${words.feedEmpty}</p>`;
  const items = articles.slice(0, 3).map(
    ({
      headline,
      language,
      publishedAt,
      firstSeenAt,
      id,
    }) => html`<li>${time(Date.parse(publishedAt ?? firstSeenAt), moments)}
<a href="/feeds/${feed.id}#${id}" lang="${language}" dir="auto">${headline}</a></li>`,
  );
  return html`<ul class="headlines">${items}</ul><p><a href="/feeds/${feed.id}">${words.feedMore}</a></p>`;
}

/** An article without a page of its own is read here, so its whole text stands here. */
function entry(article: StoredArticle, photos: readonly PhotoRecord[], moments: Moments): Html {
  const { id, headline, language, byline, url, text, publishedAt, firstSeenAt, section } = article;
  const href = linkTo(url);
  const paragraphs = href ? [summarise(article) || article.lead] : text.split(/\n{2,}/);
  return html`<article class="card" id="${id}">
<p class="meta">${time(Date.parse(publishedAt ?? firstSeenAt), moments)}${section && html`<span lang="${language}">${section}</span>`}</p>
<h2 lang="${language}" dir="auto">${href ? html`<a href="${href}">${headline}</a>` : headline}</h2>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
<div lang="${language}" dir="auto">${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
${photoStrip(article, photos, true)}
</article>`;
}

/** For programs that look for feeds in a page's head. */
function alternates(feeds: readonly FeedSettings[], publicUrl: string, formats: readonly FormatName[]): Html {
  return html`${feeds.flatMap((feed) =>
    formats.map(({ name, title, contentType }) => {
      const type = contentType.split(';')[0]!;
      return html`<link rel="alternate" type="${type}" title="${feed.title} (${title})" href="${publicUrl}${feedPath(feed.id, name)}">
`;
    }),
  )}`;
}
