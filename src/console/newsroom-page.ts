/** `/console`: the newest articles with all that became of them, and beside them what feeds and troubles the worker. */

import { articleCard } from '#src/console/article-card.ts';
import { type Html, html } from '#src/console/html.ts';
import { page, type Site } from '#src/console/layout.ts';
import { type Moments, timeAgo } from '#src/console/moments.ts';
import { operatorWords } from '#src/console/page-words.ts';
import type { ChannelView, NewsroomView } from '#src/console/read-newsroom.ts';
import { words } from '#src/console/words.ts';
import type { PageAnswer } from '#src/core/page.ts';
import type { Alert } from '#src/stores/alerts.ts';

export function newsroomPage(view: NewsroomView, site: Site, moments: Moments): PageAnswer {
  const content = html`<h1>${words.consoleTitle}</h1>
<div class="columns">
<section class="panel alerts${view.alerts.length > 0 ? ' alarm' : ''}"><h2>${words.alerts}</h2>${alerts(view.alerts, moments)}</section>
<section class="stream"><h2>${words.newestArticles}</h2>
${view.articles.length > 0 ? view.articles.map((one) => articleCard(one, view.channels, moments)) : noArticles(view)}
</section>
<aside>
<section class="panel"><h2>${words.sources}</h2>${sources(view, moments)}</section>
<section class="panel"><h2>${words.channels}</h2>${channels(view.channels, moments)}</section>
<p class="hint">${words.updatedEvery}</p>
</aside>
</div>`;
  return page({
    title: words.consoleTitle,
    site,
    words: operatorWords,
    at: 'newsroom',
    content,
    live: true,
    visitor: { isOperator: true },
  });
}

function noArticles({ sources }: NewsroomView): Html {
  const next = sources.length > 0 ? words.noArticlesNext : words.noArticlesNoSource;
  return html`<div class="card empty"><p><b>${words.noArticles}</b></p><p>${next}</p></div>`;
}

function alerts(open: readonly Alert[], moments: Moments): Html {
  if (open.length === 0) return html`<p class="hint">${words.noAlerts}</p>`;
  const items = open.map(
    ({ message, next, firstSeenAt, count }) =>
      html`<li class="attention"><span>${message}${
        next && html` <em>${next}</em>`
      } <small>${words.since} ${timeAgo(firstSeenAt, moments)}${count > 1 && html`, ${count} ${words.times}`}</small></span></li>`,
  );
  return html`<ul class="rows">${items}</ul>`;
}

function sources({ sources: all }: NewsroomView, moments: Moments): Html {
  if (all.length === 0) return html`<p class="hint">${words.noArticlesNoSource}</p>`;
  const items = all.map(({ id, kind, state }) => {
    if (!state || state.lastPollAt === null) {
      return html`<li class="waiting"><b>${id}</b> <small>${kind}</small> <span>${words.neverPolled}</span></li>`;
    }
    const when = html`${words.lastPoll} ${timeAgo(state.lastPollAt, moments)}, ${words.nextPoll} ${timeAgo(state.nextPollAt, moments)}`;
    const isFailing = state.failures > 0;
    return html`<li class="${isFailing ? 'attention' : 'good'}"><b>${id}</b> <small>${kind}</small> <span>${
      isFailing && html`${words.failing}: ${state.lastError ?? ''}; `
    }${when}</span></li>`;
  });
  return html`<ul class="rows">${items}</ul>`;
}

function channels(all: readonly ChannelView[], moments: Moments): Html {
  if (all.length === 0) return html`<p class="hint">${words.noChannels}</p>`;
  const items = all.map(({ id, kind, state, counts }) => {
    const isResting = (state?.openUntil ?? 0) > moments.now;
    const tone = counts.attention > 0 ? 'attention' : state?.paused || isResting ? 'waiting' : 'good';
    const told = [
      `${counts.posted} ${words.posted}`,
      ...(counts.waiting > 0 ? [`${counts.waiting} ${words.waiting}`] : []),
      ...(counts.attention > 0 ? [`${counts.attention} ${words.attention}`] : []),
      ...(counts.notPosted > 0 ? [`${counts.notPosted} ${words.notPosted}`] : []),
    ];
    const name = kind === 'board' ? html`<a href="/board/${id}">${id}</a>` : id;
    return html`<li class="${tone}"><b>${name}</b> <small>${kind}</small> <span>${
      state?.paused ? html`${words.paused}${state.pausedReason && `: ${state.pausedReason}`}. ` : null
    }${isResting && html`${words.resting} ${timeAgo(state!.openUntil!, moments)}. `}${told.join(', ')}</span></li>`;
  });
  return html`<ul class="rows">${items}</ul>`;
}
