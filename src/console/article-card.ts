/** One article on the console: what it is, and what became of it everywhere. */

import { type Html, html } from '#src/console/html.ts';
import type { Looking } from '#src/console/looking.ts';
import { timeAgo } from '#src/console/moments.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import { whereItWent } from '#src/console/went.ts';
import { fill } from '#src/core/fill.ts';

export function articleCard(view: ArticleView, channels: readonly { id: string }[], looking: Looking): Html {
  const { article, photos } = view;
  const { id, headline, language, byline } = article;
  return html`<article class="card" id="${id}">
${articleMeta(view, looking)}
<h3 lang="${language}" dir="auto"><a href="/console/articles/${id}">${headline}</a></h3>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
${photoStrip(article, photos, looking)}
${whereItWent(view, channels, looking, 'card')}
</article>`;
}

/** When, in which section, and what is out of the ordinary about it. */
export function articleMeta({ article }: ArticleView, looking: Looking): Html {
  const { revision, state, baseline, section, language, publishedAt, firstSeenAt } = article;
  const { words } = looking;
  const marks = [
    ...(state === 'withdrawn' ? [html`<span class="mark bad">${words.withdrawn}</span>`] : []),
    ...(state === 'held' ? [html`<span class="mark bad">${words.held}</span>`] : []),
    ...(revision > 1 ? [html`<span class="mark">${fill(words.revision, { n: revision })}</span>`] : []),
    ...(baseline ? [html`<span class="mark">${words.baseline}</span>`] : []),
  ];
  return html`<p class="meta">${timeAgo(Date.parse(publishedAt ?? firstSeenAt), looking)}${
    section && html`<span lang="${language}">${section}</span>`
  }${marks}</p>`;
}
