/** `/console/articles/ID`: one article as understood, and its whole story. */

import { type Html, html, linkTo } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import { type Moments, time } from '#src/console/moments.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import { words } from '#src/console/words.ts';
import type { PageAnswer } from '#src/core/page.ts';
import { formatDateTime } from '#src/core/time.ts';
import type { TraceLine } from '#src/core/trace.ts';

export function articlePage(
  view: ArticleView,
  story: readonly TraceLine[],
  site: string,
  moments: Moments,
): PageAnswer {
  const { article, photos } = view;
  const { headline, lead, language, byline, section, publishedAt, firstSeenAt, url, doubts } = article;
  const lines = story.map(({ at, text }) => html`<li>${storyTime(at, moments)}<span>${text}</span></li>`);
  const href = linkTo(url);
  const content = html`<article class="single">
<p class="meta">${time(Date.parse(publishedAt ?? firstSeenAt), moments)}${section && html`<span lang="${language}">${section}</span>`}</p>
<h1 lang="${language}" dir="auto">${headline}</h1>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
<p class="lead" lang="${language}" dir="auto">${lead}</p>
${href && html`<p><a href="${href}" rel="noreferrer">${words.readArticle}</a></p>`}
${photoStrip(article, photos)}
${doubts.length > 0 && html`<section class="panel"><h2>${words.doubts}</h2><ul>${doubts.map((doubt) => html`<li>${doubt}</li>`)}</ul></section>`}
<section class="panel"><h2>${words.story}</h2><ol class="story">${lines}</ol></section>
</article>`;
  return page({ title: headline, site, at: 'newsroom', content, visitor: { isOperator: true } });
}

/** With seconds: what happened within a minute is told apart. Lines of this moment say how it stands. */
function storyTime(at: number, { now, zone }: Moments): Html {
  if (at === now) return html`<time datetime="${new Date(at).toISOString()}">${words.now}</time>`;
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, '0');
  return html`<time datetime="${new Date(at).toISOString()}">${formatDateTime(at, zone)}:${seconds}</time>`;
}
