/** `/feeds` and `/feeds/ID`: the feeds for people. */

import { type Html, html, linkTo } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import type { Looking } from '#src/console/looking.ts';
import { time } from '#src/console/moments.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { StoredArticle } from '#src/core/article.ts';
import { feedPath } from '#src/core/feed-file.ts';
import { fill } from '#src/core/fill.ts';
import type { PageAnswer } from '#src/core/page.ts';
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

export function feedsPage(
  views: readonly FeedView[],
  settings: Settings,
  formats: readonly FormatName[],
  looking: Looking,
): PageAnswer {
  const { words } = looking;
  const cards = views.map(
    (view) => html`<section class="card feed">
<h2 lang="${languageOf(view.feed, settings)}" dir="auto"><a href="/feeds/${view.feed.id}">${view.feed.title}</a></h2>
${about(view, languageOf(view.feed, settings), looking)}
${addresses(view.feed, settings.publicUrl, looking, formats)}
${headlines(view, looking)}
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
  return page({ title: words.feedsTitle, looking, at: 'feeds', content, head });
}

export function feedPage(
  view: FeedView,
  photos: readonly PhotoRecord[],
  settings: Settings,
  formats: readonly FormatName[],
  looking: Looking,
): PageAnswer {
  const { words } = looking;
  const { feed, articles } = view;
  const entries = articles.map((article) =>
    entry(
      article,
      photos.filter(({ articleId }) => articleId === article.id),
      looking,
    ),
  );
  const content = html`<p class="back"><a href="/feeds">${words.allFeeds}</a></p>
<h1 lang="${languageOf(feed, settings)}" dir="auto">${feed.title}</h1>
${about(view, languageOf(feed, settings), looking)}
${addresses(feed, settings.publicUrl, looking, formats)}
${entries.length > 0 ? html`<div class="stream entries">${entries}</div>` : html`<div class="card empty"><p>${words.feedEmpty}</p></div>`}`;
  const head = alternates([feed], settings.publicUrl, formats);
  return page({ title: feed.title, looking, at: 'feeds', content, head });
}

function languageOf(feed: FeedSettings, { site }: Settings): string {
  return feed.language ?? site.language;
}

function about({ feed, state }: FeedView, language: string, looking: Looking): Html {
  const { words } = looking;
  const entries = state?.entries ?? 0;
  const built =
    state?.builtAt == null
      ? words.feedNotBuilt
      : html`${fill(entries === 1 ? words.feedEntry : words.feedEntries, { n: entries })} ${time(state.builtAt, looking)}`;
  return html`${feed.description !== '' && html`<p lang="${language}" dir="auto">${feed.description}</p>`}
<p class="meta"><span>${built}</span></p>`;
}

/** The first format is the one most readers take. */
function addresses(feed: FeedSettings, publicUrl: string, { words }: Looking, formats: readonly FormatName[]): Html {
  const url = ({ name }: FormatName) => `${publicUrl}${feedPath(feed.id, name)}`;
  const [main, ...others] = formats;
  return html`<div class="address"><p class="label">${words.feedAddress}</p>
<code title="${words.copyHint}">${main ? url(main) : ''}</code>
<p class="others">${words.otherFormats}: ${(main ? [main, ...others] : []).map(
    (format) => html`<a href="${feedPath(feed.id, format.name)}" type="${format.contentType}">${format.title}</a> `,
  )}</p></div>`;
}

function headlines({ feed, articles }: FeedView, looking: Looking): Html {
  const { words } = looking;
  if (articles.length === 0) return html`<p class="hint">${words.feedEmpty}</p>`;
  const items = articles.slice(0, 3).map(
    ({
      headline,
      language,
      publishedAt,
      firstSeenAt,
      id,
    }) => html`<li>${time(Date.parse(publishedAt ?? firstSeenAt), looking)}
<a href="/feeds/${feed.id}#${id}" lang="${language}" dir="auto">${headline}</a></li>`,
  );
  return html`<ul class="headlines">${items}</ul><p><a href="/feeds/${feed.id}">${words.feedMore}</a></p>`;
}

/** An article without a page of its own is read here, so its whole text stands here. */
function entry(article: StoredArticle, photos: readonly PhotoRecord[], looking: Looking): Html {
  const { id, headline, language, byline, url, text, publishedAt, firstSeenAt, section } = article;
  const href = linkTo(url);
  const paragraphs = href ? [summarise(article) || article.lead] : text.split(/\n{2,}/);
  return html`<article class="card" id="${id}">
<p class="meta">${time(Date.parse(publishedAt ?? firstSeenAt), looking)}${section && html`<span lang="${language}">${section}</span>`}</p>
<h2 lang="${language}" dir="auto">${href ? html`<a href="${href}">${headline}</a>` : headline}</h2>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
<div lang="${language}" dir="auto">${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}</div>
${photoStrip(article, photos, looking, true)}
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
