/** One article on the console: what it is, and what became of it everywhere. */

import { type Html, html, linkTo } from '#src/console/html.ts';
import { type Moments, time } from '#src/console/moments.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import { words } from '#src/console/words.ts';
import { channelStanding, type Tone } from '#src/core/standing.ts';

export function articleCard(view: ArticleView, channels: readonly { id: string }[], moments: Moments): Html {
  const { article, photos, deliveries, feeds } = view;
  const { id, headline, language, section, byline, publishedAt, firstSeenAt } = article;
  const feedRows = feeds.map(({ id: feedId, holds, why }) =>
    row(holds ? 'good' : 'none', feedId, holds ? words.holds : why!, null),
  );
  const channelRows = channels.map(({ id: channelId }) => {
    const own = deliveries.filter((delivery) => delivery.channelId === channelId);
    const { tone, text, url } = channelStanding(own, moments.now, moments.zone);
    return row(tone, channelId, text, url);
  });
  return html`<article class="card" id="${id}">
<p class="meta">${time(Date.parse(publishedAt ?? firstSeenAt), moments)}${
    section && html`<span lang="${language}">${section}</span>`
  }${marks(view)}</p>
<h3 lang="${language}" dir="auto"><a href="/console/articles/${id}">${headline}</a></h3>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
${photoStrip(article, photos)}
<div class="went">
<section><h4>${words.inFeeds}</h4><ul class="rows">${feedRows}</ul></section>
<section><h4>${words.onChannels}</h4>${
    channelRows.length > 0 ? html`<ul class="rows">${channelRows}</ul>` : html`<p class="hint">${words.noChannels}</p>`
  }</section>
</div>
</article>`;
}

/** One line: a mark that shows the tone by form as well as by colour, a name, what became of it. */
function row(tone: Tone, name: string, text: string, url: string | null): Html {
  const href = linkTo(url);
  return html`<li class="${tone}"><b>${name}:</b> <span>${text}${
    href && html` <a href="${href}" rel="noreferrer">${words.openPost}</a>`
  }</span></li>`;
}

function marks({ article }: ArticleView): Html[] {
  const { revision, state, baseline } = article;
  return [
    ...(state === 'withdrawn' ? [html`<span class="mark bad">${words.withdrawn}</span>`] : []),
    ...(state === 'held' ? [html`<span class="mark bad">${words.held}</span>`] : []),
    ...(revision > 1 ? [html`<span class="mark">${words.corrected} ${revision}</span>`] : []),
    ...(baseline ? [html`<span class="mark">${words.baseline}</span>`] : []),
  ];
}
