/** `/console/articles/ID`: one article as understood, where it went, and its whole story. */

import { articleActions } from '#src/console/actions.ts';
import type { Draft } from '#src/console/approval.ts';
import { articleMeta } from '#src/console/article-card.ts';
import { html, linkTo } from '#src/console/html.ts';
import { page } from '#src/console/layout.ts';
import { type Looking, told } from '#src/console/looking.ts';
import { exactTime } from '#src/console/moments.ts';
import { photoStrip } from '#src/console/photo-strip.ts';
import type { ArticleView } from '#src/console/read-newsroom.ts';
import { whereItWent } from '#src/console/went.ts';
import type { PageAnswer } from '#src/core/page.ts';
import type { TraceLine } from '#src/core/trace.ts';

export interface Story {
  view: ArticleView;
  lines: readonly TraceLine[];
  /** Of its posts that wait for a person. */
  drafts: readonly Draft[];
}

export function articlePage(
  { view, lines: story, drafts }: Story,
  channels: readonly { id: string }[],
  looking: Looking,
): PageAnswer {
  const { words } = looking;
  const { article, photos } = view;
  const { headline, lead, language, byline, url, doubts } = article;
  // Lines of this moment say how it stands, which the rows above them say already.
  const lines = story
    .filter(({ at }) => at < looking.now)
    .map(({ at, text }) => html`<li>${exactTime(at, looking)}<span>${text}</span></li>`);
  const href = linkTo(url);
  const content = html`<article class="single">
<header>
<p class="back"><a href="/console">${words.newestArticles}</a></p>
${articleMeta(view, looking)}
<h1 lang="${language}" dir="auto">${headline}</h1>
${byline.length > 0 && html`<p class="byline" lang="${language}" dir="auto">${byline.join(', ')}</p>`}
<p class="lead" lang="${language}" dir="auto">${lead}</p>
${href && html`<p><a href="${href}" rel="noreferrer">${words.readArticle}</a></p>`}
${photoStrip(article, photos, looking)}
</header>
<aside>
<section class="panel"><h2>${words.whereItWent}</h2>${whereItWent(view, channels, looking, 'page', drafts)}</section>
${articleActions(view, looking)}
${doubts.length > 0 && html`<section class="panel"><h2>${words.doubts}</h2><ul>${doubts.map((doubt) => html`<li>${told(doubt, looking)}</li>`)}</ul></section>`}
</aside>
<section class="panel"><h2>${words.itsStory}</h2><ol class="story">${lines}</ol></section>
</article>`;
  return page({ title: headline, looking, at: 'newsroom', content, live: true });
}
