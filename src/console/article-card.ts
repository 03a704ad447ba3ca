/** One article on the console: what it is, and what became of it everywhere. */

import { type Html, html } from '#src/console/html.ts';
import { type Moments, timeAgo } from '#src/console/moments.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import { whereItWent } from '#src/console/went.ts';
import { words } from '#src/console/words.ts';

export function articleCard(view: ArticleView, channels: readonly { id: string }[], moments: Moments): Html {
  const { article, photos } = view;
  const { id, headline, language, byline } = article;
  return html`<article class="card" id="${id}">
${articleMeta(view, moments)}
<h3 lang="${language}" dir="auto"><a href="/console/articles/${id}">${headline}</a></h3>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
${photoStrip(article, photos)}
${whereItWent(view, channels, moments, 4)}
</article>`;
}

/** When, in which section, and what is out of the ordinary about it. */
export function articleMeta({ article }: ArticleView, moments: Moments): Html {
  const { revision, state, baseline, section, language, publishedAt, firstSeenAt } = article;
  const marks = [
    ...(state === 'withdrawn' ? [html`<span class="mark bad">${words.withdrawn}</span>`] : []),
    ...(state === 'held' ? [html`<span class="mark bad">${words.held}</span>`] : []),
    ...(revision > 1 ? [html`<span class="mark">${words.corrected} ${revision}</span>`] : []),
    ...(baseline ? [html`<span class="mark">${words.baseline}</span>`] : []),
  ];
  return html`<p class="meta">${timeAgo(Date.parse(publishedAt ?? firstSeenAt), moments)}${
    section && html`<span lang="${language}">${section}</span>`
  }${marks}</p>`;
}
