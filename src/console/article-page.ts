/** `/console/articles/ID`: one article as understood, where it went, and its whole story. */

import { articleMeta } from '#src/console/article-card.ts';
import { type Html, html, linkTo } from '#src/console/html.ts';
import { page, type Site } from '#src/console/layout.ts';
import type { Moments } from '#src/console/moments.ts';
import { operatorWords } from '#src/console/page-words.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import { whereItWent } from '#src/console/went.ts';
import { words } from '#src/console/words.ts';
import type { PageAnswer } from '#src/core/page.ts';
import { formatDateTime } from '#src/core/time.ts';
import type { TraceLine } from '#src/core/trace.ts';

export function articlePage(
  view: ArticleView,
  story: readonly TraceLine[],
  channels: readonly { id: string }[],
  site: Site,
  moments: Moments,
): PageAnswer {
  const { article, photos } = view;
  const { headline, lead, language, byline, url, doubts } = article;
  // Lines of this moment say how it stands, which the rows above them say already.
  const lines = story
    .filter(({ at }) => at < moments.now)
    .map(({ at, text }) => html`<li>${storyTime(at, moments)}<span>${text}</span></li>`);
  const href = linkTo(url);
  const content = html`<article class="single">
<p class="back"><a href="/console">${words.newestArticles}</a></p>
${articleMeta(view, moments)}
<h1 lang="${language}" dir="auto">${headline}</h1>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
<p class="lead" lang="${language}" dir="auto">${lead}</p>
${href && html`<p><a href="${href}" rel="noreferrer">${words.readArticle}</a></p>`}
${photoStrip(article, photos)}
${doubts.length > 0 && html`<section class="panel"><h2>${words.doubts}</h2><ul>${doubts.map((doubt) => html`<li>${doubt}</li>`)}</ul></section>`}
<section class="panel"><h2>${words.whereItWent}</h2>${whereItWent(view, channels, moments, 3)}</section>
<section class="panel"><h2>${words.story}</h2><ol class="story">${lines}</ol></section>
</article>`;
  return page({
    title: headline,
    site,
    words: operatorWords,
    at: 'newsroom',
    content,
    live: true,
    visitor: { isOperator: true },
  });
}

/** With seconds: what happened within a minute is told apart. */
function storyTime(at: number, { zone }: Moments): Html {
  const seconds = String(Math.floor(at / 1000) % 60).padStart(2, '0');
  return html`<time datetime="${new Date(at).toISOString()}">${formatDateTime(at, zone)}:${seconds}</time>`;
}
